/// Why the master did not do what an operator asked.
public struct OperatorRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    /// The request makes no sense (a bad target, an unknown job).
    case badRequest = "bad-request"
    case notFound = "not-found"
    /// The target matches no host.
    case noMatch = "no-match"
    /// The operator's role does not allow it.
    case forbidden
    /// The master cannot keep it (a full disk); nothing was done.
    case unavailable
  }

  public var code: Code
  public var message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { message }

  /// The exit code of `brine` for it.
  public var exitCode: Int32 {
    switch code {
    case .badRequest, .notFound: 2
    case .noMatch: 3
    case .forbidden: 5
    case .unavailable: 6
    }
  }
}
