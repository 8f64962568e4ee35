/// What the host's OpenSSL did not do.
public struct OpenSSLError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// There is no library that could be used.
    case unavailable
    /// Bytes that are not what they should be.
    case unreadable
    /// Anything else.
    case failed
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
