/// A command line that the program does not take.
public struct UsageError: Error, Sendable, CustomStringConvertible {
  public var message: String
  public var usage: String
  /// Where more is said.
  public var help: String

  public var description: String { "Error: \(message)\nUsage: \(usage)\n  \(help)" }
}
