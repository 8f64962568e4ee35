import HostSystem

/// A host without programs: what is fuzzed must not run any.
struct NoCommands: CommandRunner {
  func run(_ command: Command) async throws -> CommandResult { throw FuzzError("no program may run here") }
  func which(_ program: String) -> String? { nil }
}
