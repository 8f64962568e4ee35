/// Why bytes from a peer are not a message: said in the log once, never acted upon.
public struct WireError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    case malformed, unknownVersion = "unknown-version", unknownKind = "unknown-kind", badField = "bad-field"
  }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { "\(code.rawValue): \(message)" }
}
