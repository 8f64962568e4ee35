import Functions
import OrderedCollections
import Value

extension CmdStates {
  private static let parameters: [Parameter] =
    [
      .required("name", .string, "The command, read by a shell."),
      .optional("root", .string, "Directory to run in with chroot(1)."),
      .optional("ignore_timeout", .bool, default: false, "A command that was ended by `timeout` is a success."),
      .optional(
        "bg", .bool, default: false, "Start it and go on; its output and its exit code are then never known."),
    ] + common

  static let run = StateFunction(
    "cmd.run", "Runs a command.",
    details: """
      Changes are `{pid, retcode, stdout, stderr}`. The state fails when the exit code is not 0. `unless`, `onlyif` and \
      `creates` say when there is nothing to do.
      """,
    parameters: parameters, watch: watched
  ) { arguments, context in
    try await outcome(arguments, context, StatefulOutput(arguments["stateful"]))
  }

  static func waiting(_ function: String) -> StateFunction {
    StateFunction(
      function, "Runs a command when something that it watches has changed.", parameters: parameters, watch: watched
    ) { _, _ in StateResult(true, "") }
  }

  @Sendable private static func watched(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let result = try await outcome(arguments, context, StatefulOutput(false))
    return StatefulOutput(arguments["stateful"]).isOn ? try StatefulOutput.reinterpreted(result) : result
  }

  private static func outcome(_ arguments: Arguments, _ context: StateContext, _ stateful: StatefulOutput)
    async throws -> StateResult
  {
    let name = arguments.string("name")
    if let refusal = refusal(arguments, context) { return StateResult(false, refusal) }
    let testLine = context.isTest ? stateful.testName : nil
    if context.isTest, testLine == nil {
      let result = StateResult(nil, "Command \"\(name)\" would have been executed", changes: ["cmd": .string(name)])
      return stateful.isOn ? try StatefulOutput.reinterpreted(result) : result
    }
    if let missing = missingDirectory(arguments, context) { return StateResult(false, missing) }
    let line = testLine ?? name
    var changes: ValueMap
    do {
      changes = try await started(line, arguments, context)
    } catch {
      return StateResult(false, comment(error, arguments, context))
    }
    if arguments.bool("ignore_timeout"), changes["retcode"] == 1,
      changes["stdout"]?.stringValue?.contains("Timed out after") == true
    {
      changes["retcode"] = 0
    }
    let exitCode = changes["retcode"] ?? .null
    var result = StateResult(exitCode == 0 || exitCode.isNull, "Command \"\(line)\" run", changes: changes)
    if stateful.isOn { result = try StatefulOutput.reinterpreted(result) }
    if context.isTest, exitCode == 0, !result.changes.isEmpty { result.result = nil }
    return result
  }

  /// Runs the line and gives what `cmd.run_all` gives.
  private static func started(_ line: String, _ arguments: Arguments, _ context: StateContext) async throws -> ValueMap
  {
    let call = try CommandCall(arguments, context)
    let shell = try call.shell(context.functions)
    if arguments.bool("bg") {
      // The shell is gone at once; what it started has no pipe of ours that we would wait for.
      let words = [shell, "-c", #""$0" -c "$1" </dev/null >/dev/null 2>&1 & echo $!"#, shell, line]
      let output = try await call.run(line, program: words, context.functions)
      return ["pid": .int(Int64(output.standardOutput) ?? 0), "retcode": .null, "stdout": "", "stderr": ""]
    }
    guard let root = arguments.optionalString("root") else {
      return try await call.run(line, program: [shell, "-c", line], context.functions).changes(of: line)
    }
    guard root.hasPrefix("/"), context.functions.files.isDirectory(root) else {
      throw FunctionError(.badArguments, "root=\(root) is not an absolute path of a directory on this host.")
    }
    let inner = context.functions.files.isExecutable("\(root)/bin/bash") ? "/bin/bash" : "/bin/sh"
    let words = ["chroot", root, inner, "-c", line]
    return try await call.run(line, program: words, context.functions).changes(of: line)
  }
}
