/// Why a function could not do what it was asked: what failed, where, and what to do about it.
public struct FunctionError: Error, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// The function's name is not known here.
    case unknownFunction = "unknown-function"
    /// Arguments that the signature does not allow; nothing was done.
    case badArguments = "bad-arguments"
    /// The host lacks what the function stands on (no systemd, no apt).
    case unavailable
    /// It was tried and did not work.
    case failed
    /// Somebody else holds what is needed (the dpkg lock) and the deadline passed.
    case busy
    /// A deadline passed.
    case timedOut = "timed-out"
    /// What was named does not exist.
    case notFound = "not-found"
  }

  public var code: Code
  /// One sentence: what failed, with the names.
  public var message: String
  /// What to do about it, when that is known.
  public var hint: String?

  public init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  public var description: String { hint.map { "\(message)\n\($0)" } ?? message }
}
