import Functions
import OrderedCollections
import Value

extension CmdStates {
  private static let parameters: [Parameter] =
    [
      .required("name", .string, "The script, or what it is called; words after the first are its arguments."),
      .optional("source", .string, "The script, `salt://…` or a path on the host; default the name."),
      .optional("args", .any, "Its arguments, on one line."),
      .optional("template", .string, "The template engine that renders it: jinja."),
      .optional("context", .any, "Variables for the template."),
      .optional("defaults", .any, "Variables for the template; `context` goes over them."),
    ] + common

  static let script = StateFunction(
    "cmd.script", "Runs a script of the file roots or of the host.",
    details: """
      It is copied to a file that only the user it runs as can read, and removed afterwards. Changes are \
      `{pid, retcode, stdout, stderr}`; the state fails when the exit code is not 0.
      """,
    parameters: parameters, watch: watched
  ) { arguments, context in
    try await outcome(arguments, context, StatefulOutput(arguments["stateful"]))
  }

  static let waitScript = StateFunction(
    "cmd.wait_script", "Runs a script when something that it watches has changed.", parameters: parameters,
    watch: watched
  ) { _, _ in StateResult(true, "") }

  @Sendable private static func watched(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let result = try await outcome(arguments, context, StatefulOutput(false))
    return StatefulOutput(arguments["stateful"]).isOn ? try StatefulOutput.reinterpreted(result) : result
  }

  private static func outcome(_ arguments: Arguments, _ context: StateContext, _ stateful: StatefulOutput)
    async throws -> StateResult
  {
    let testName = context.isTest ? stateful.testName : nil
    let name = testName ?? arguments.string("name")
    if let refusal = refusal(arguments, context) { return StateResult(false, refusal) }
    for argument in ["context", "defaults"] where !isMapOrEmpty(arguments[argument]) {
      return StateResult(false, "Invalidly-formatted '\(argument)' parameter. Must be formed as a dict.")
    }
    if context.isTest, testName == nil {
      let result = StateResult(nil, "Command '\(name)' would have been executed")
      return stateful.isOn ? try StatefulOutput.reinterpreted(result) : result
    }
    if let missing = missingDirectory(arguments, context) { return StateResult(false, missing) }
    let source = arguments.optionalString("source") ?? name
    let changes: ValueMap
    do {
      guard let ran = try await started(name, source, arguments, context) else {
        return StateResult(
          false, "Unable to cache script \(source) from saltenv '\(context.environment)'",
          changes: ["pid": 0, "retcode": 1, "stdout": "", "stderr": "", "cache_error": true])
      }
      changes = ran
    } catch {
      return StateResult(false, comment(error, arguments, context))
    }
    var result = StateResult(changes["retcode"] == 0, "Command '\(name)' run", changes: changes)
    if stateful.isOn { result = try StatefulOutput.reinterpreted(result) }
    if context.isTest, changes["retcode"] == 0, !result.changes.isEmpty { result.result = nil }
    return result
  }

  private static func isMapOrEmpty(_ value: Value) -> Bool {
    switch value {
    case .map, .null, .bool(false), .string(""), .list([]): true
    default: false
    }
  }

  /// - Returns: nil when there is no such script.
  private static func started(_ name: String, _ source: String, _ arguments: Arguments, _ context: StateContext)
    async throws -> ValueMap?
  {
    let functions = context.functions
    var variables = arguments["defaults"].mapValue ?? [:]
    for (key, value) in arguments["context"].mapValue ?? [:] { variables[key] = value }
    let script = ScriptSource(
      source, template: arguments.optionalString("template"), environment: context.environment, sls: context.sls,
      variables: variables)
    guard let content = try await script.content(functions) else { return nil }
    let call = try CommandCall(arguments, context)
    var command = try await call.prepared(name, program: ["true"], functions)
    let file = try TemporaryScript(content, owner: command.command.user, functions)
    defer { withExtendedLifetime(file) {} }
    let interpreter = content.starts(with: Array("#!".utf8)) ? [] : [try call.shell(functions)]
    command.command.arguments = interpreter + [functions.files.resolve(file.path)] + (try words(arguments, name))
    return try await CommandCall.run(command, functions).changes(of: name)
  }

  /// `args`, or else what stands behind the first word of the name.
  private static func words(_ arguments: Arguments, _ name: String) throws -> [String] {
    switch arguments["args"] {
    case .list(let items) where !items.isEmpty: return items.map(\.description)
    case .string(let line) where !line.isEmpty: return try CmdFunctions.scriptWords(line)
    case .null, .string, .list: break
    case let other: return [other.description]
    }
    guard let space = name.firstIndex(of: " ") else { return [] }
    return try CmdFunctions.scriptWords(String(name[name.index(after: space)...]))
  }
}
