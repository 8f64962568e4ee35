/// Why a terminal could not be used.
public enum TerminalError: Error, Sendable, CustomStringConvertible {
  /// What is typed cannot be hidden.
  case noTerminal

  public var description: String { "standard input is no terminal that can hide what is typed" }
}
