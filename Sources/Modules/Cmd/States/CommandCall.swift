import Functions
import OrderedCollections
import Value

/// What a state says of how its command is to run, as `cmd.run_all` takes it.
struct CommandCall: Sendable {
  private var named: ValueMap

  init(_ arguments: Arguments, _ context: StateContext) throws {
    named = [:]
    let passed = [
      "cwd", "group", "env", "prepend_path", "clean_env", "stdin", "rstrip", "hide_output", "timeout",
      "success_retcodes", "success_stdout", "success_stderr",
    ]
    for name in passed where arguments.isGiven(name) && arguments[name] != "" { named[name] = arguments[name] }
    for name in ["runas", "umask"] { named[name] = CmdStates.given(name, arguments, context) }
    named["shell"] = CmdStates.shell(arguments, context)
  }

  func shell(_ context: FunctionContext) throws -> String { try ShellCommand.shell(bound(""), context) }

  /// The command made ready, before its program is known.
  func prepared(_ line: String, program: [String], _ context: FunctionContext) async throws -> ShellCommand {
    try await ShellCommand(bound(line), context, program: program, line: line)
  }

  func run(_ line: String, program: [String], _ context: FunctionContext) async throws -> ShellCommand.Output {
    try await Self.run(try await prepared(line, program: program, context), context)
  }

  /// A failing command makes its state fail, not the job by its exit code.
  static func run(_ command: ShellCommand, _ context: FunctionContext) async throws -> ShellCommand.Output {
    var context = context
    context.reportExitCode = { _ in }
    return try await command.run(context)
  }

  private func bound(_ line: String) throws -> Arguments {
    var named = named
    named["cmd"] = .string(line)
    return try Arguments(binding: CallArguments([], named: named), to: CmdFunctions.runAll.signature)
  }
}
