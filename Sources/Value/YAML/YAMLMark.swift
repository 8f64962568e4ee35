/// A place in a YAML text: line and column, both from 1, the column in characters.
public struct YAMLMark: Sendable, Hashable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
