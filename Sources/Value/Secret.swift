import Glibc
import Synchronization

/// Bytes that must not be printed, logged, encoded or compared by accident: it has no `Codable`, no `Hashable`, and its
/// description is `***`. The memory is overwritten when the last copy goes.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let storage: Storage

  public init(_ bytes: [UInt8]) { storage = Storage(bytes) }
  public init(_ string: String) { storage = Storage(Array(string.utf8)) }

  public var description: String { "***" }
  public var debugDescription: String { "***" }
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
  public var count: Int { storage.count }

  /// The one way to the bytes: what is done with them stands inside one closure that a reviewer can find.
  public func withBytes<Result, Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Result) throws(Failure) -> Result {
    try body(storage.copy)
  }

  /// Whether both hold the same bytes, in a time that does not depend on where they differ.
  public func isEqual(to other: Secret) -> Bool {
    guard count == other.count else { return false }
    return zip(storage.copy, other.storage.copy).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Owns the bytes. They are overwritten through a mutable access, so that a copy which outlives the secret (a program's
  /// input on its way) keeps its own.
  private final class Storage: Sendable {
    private let bytes: Mutex<[UInt8]>
    let count: Int

    init(_ bytes: [UInt8]) {
      self.bytes = Mutex(bytes)
      count = bytes.count
    }

    var copy: [UInt8] { bytes.withLock { $0 } }

    deinit {
      bytes.withLock { bytes in
        bytes.withUnsafeMutableBytes { buffer in
          guard let base = buffer.baseAddress else { return }
          explicit_bzero(base, buffer.count)
        }
      }
    }
  }
}
