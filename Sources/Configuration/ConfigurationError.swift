/// What is wrong in a configuration file, and where.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
  public var file: String
  /// From 1; 0 for the file as a whole.
  public var line: Int
  /// From 1; 0 when only the line is known.
  public var column: Int
  public var message: String

  public init(file: String, line: Int = 0, column: Int = 0, _ message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  public var description: String {
    let place = [line, column].prefix { $0 > 0 }.map { ":\($0)" }.joined()
    return "\(file)\(place): \(message)"
  }
}
