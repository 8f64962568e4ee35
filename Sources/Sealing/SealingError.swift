/// Why a secret could not be sealed or opened.
public struct SealingError: Error, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// Bytes that are no X25519 key.
    case invalidKey = "invalid-key"
    /// A text that is no sealed secret.
    case invalidText = "invalid-text"
    /// A well-formed text that this key does not open.
    case refused
  }

  public var code: Code
  /// One sentence.
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }
}
