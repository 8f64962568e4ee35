/// What tags begin and end with.
public struct TemplateDelimiters: Sendable, Hashable {
  public var blockBegin = "{%"
  public var blockEnd = "%}"
  public var variableBegin = "{{"
  public var variableEnd = "}}"
  public var commentBegin = "{#"
  public var commentEnd = "#}"
  /// What makes a whole line a statement; nil for nothing.
  public var lineStatement: String?
  /// What makes the rest of a line a comment; nil for nothing.
  public var lineComment: String?

  public init() {}
}
