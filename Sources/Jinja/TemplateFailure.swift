/// What went wrong in an operation, without a place: the evaluator adds file, line and column (`TemplateError`).
public struct TemplateFailure: Error, Sendable, Hashable {
  public enum Code: String, Sendable, Hashable {
    /// The template's text is not Jinja.
    case syntax
    /// Something that is not there was used.
    case undefined
    /// An operation on values that do not allow it (Python's TypeError, ValueError, KeyError, ZeroDivisionError…).
    case operation
    /// A filter, test or function that does not exist.
    case unknownName
    /// A template that is imported, included or extended does not exist.
    case notFound
    /// Steps, recursion, output or time went over their bounds.
    case limit
    /// A function that the host offers (`salt['x.y']`) failed.
    case hostFunction
    /// `raise('…')` or Salt's like.
    case raised
  }

  public var code: Code
  /// One sentence, without a full stop.
  public var message: String
  public var hint: String?

  public init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}
