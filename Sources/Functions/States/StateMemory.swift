import OrderedCollections
import Synchronization
public import Value

/// Values that states of one run leave for later ones, by name.
public final class StateMemory: Sendable {
  /// All grains of the host, once a state has set one.
  public static let grains = "grains"

  private let values = Mutex<[String: Value]>([:])
  public init() {}

  public subscript(_ name: String) -> Value? { values.withLock { $0[name] } }

  /// Changes one value under the lock.
  public func update<Result: Sendable>(_ name: String, _ change: (inout Value?) -> Result) -> Result {
    values.withLock { values in
      var value = values[name]
      let result = change(&value)
      values[name] = value
      return result
    }
  }
}
