/// Why a regular expression or a replacement cannot be used.
public struct RegularExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Code: String, Sendable, Hashable {
    case badPattern = "bad-pattern"
    /// The replacement names a group that is not there, or has an escape that means nothing.
    case badTemplate = "bad-template"
    /// The match took more steps, memory or time than is allowed: nothing is known about the text.
    case limit
    case tooLarge = "too-large"
  }

  public var code: Code
  /// One sentence, without a full stop.
  public var message: String
  /// The pattern, or the replacement when that is at fault.
  public var pattern: String
  /// Where in it the fault is, in Unicode scalars from 1, when that is known.
  public var column: Int?

  public init(_ code: Code, _ message: String, pattern: String, column: Int? = nil) {
    self.code = code
    self.message = message
    self.pattern = pattern
    self.column = column
  }

  public var description: String { pattern.isEmpty ? message : "\(message): \(pattern)" }
}
