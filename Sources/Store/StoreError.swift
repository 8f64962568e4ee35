/// Why the store could not do what was asked.
public struct StoreError: Error, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    case diskFull = "disk-full", corrupt, busy, other
  }
  public var code: Code
  public var message: String
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
  public var description: String { message }
}
