/// Starts programs. The real one is `SubprocessRunner`; tests script theirs (`ScriptedCommands`).
public protocol CommandRunner: Sendable {
  /// Runs to the end.
  ///
  /// - Throws: `HostError` when the program could not be started (not found, not executable). A program that fails is a
  ///   result, not an error.
  func run(_ command: Command) async throws -> CommandResult

  /// The path of a program by a search through the host's PATH, as which(1); nil when there is none.
  func which(_ program: String) -> String?
}

extension CommandRunner {
  /// Runs a program with nothing on standard input in the `C.UTF-8` locale, for parsing what it prints.
  public func run(_ arguments: String...) async throws -> CommandResult {
    try await runParsed(arguments)
  }

  /// The same for an argv made elsewhere.
  public func runParsed(_ arguments: [String]) async throws -> CommandResult {
    var command = Command(arguments)
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    return try await run(command)
  }
}
