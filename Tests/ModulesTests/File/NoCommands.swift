import HostSystem

/// For tests of functions that must start no program.
struct NoCommands: CommandRunner {
  func run(_ command: Command) async throws -> CommandResult {
    throw HostError(.other, "unexpected program: \(command.arguments)")
  }

  func which(_ program: String) -> String? { nil }
}
