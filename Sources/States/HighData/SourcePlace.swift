/// Where something of an SLS tree stands: a file below the roots, a line and a column, both from 1; 0 when not known.
public struct SourcePlace: Sendable, Hashable {
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }
}
