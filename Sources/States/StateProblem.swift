/// One thing that is wrong with an SLS tree: what, where, and what to do. A run with any problem does nothing.
public struct StateProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Salt's sentence where Salt has one (`ID 'x' in SLS 'y' contains multiple state declarations of the same type`).
  public var message: String
  /// SLS path and line, with the line itself and the include chain, as they are known.
  public var place: String
  public var hint: String?
  /// The kind of fault in words that hold nothing of the file: for those who may not see what is in it.
  public var cause: String?

  public init(_ message: String, place: String = "", hint: String? = nil, cause: String? = nil) {
    self.message = message
    self.place = place
    self.hint = hint
    self.cause = cause
  }

  public var description: String {
    [message, place, hint ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
