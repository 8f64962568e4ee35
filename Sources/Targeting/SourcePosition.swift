/// A place in a text that an operator or a configuration gave, for the caret of an error.
struct SourcePosition: Sendable {
  var text: String
  /// In Unicode scalars, from 1.
  var column: Int

  func advanced(by scalars: Int) -> SourcePosition { SourcePosition(text: text, column: column + scalars) }
}
