import Functions
import HostSystem
import Value

extension CmdFunctions {
  static let script = Function(
    "cmd.script", "Runs a script and returns its exit code and what it prints.",
    details: """
      The script is a file on the host or of the file roots (`source`), or text (`content`). It is copied to a file that only the user it runs as \
      can read, started directly when it begins with `#!` and by the shell otherwise, and removed afterwards. Arguments are \
      split by quotes, no shell reads them. Returns `{pid, retcode, stdout, stderr}`. \(commonDetails)

      Example: `brine run web1 cmd.script /root/check.sh 'first "second word"'`.
      """,
    effect: .change,
    parameters: [
      .optional("source", .string, "Path of the script on the host, or `salt://…`."),
      .optional("args", .string, "Its arguments, on one line."),
      .optional("content", .string, "The script itself, instead of a source."),
      .optional("template", .string, "The template engine that renders the source first: jinja."),
    ] + common.filter { !["python_shell", "template"].contains($0.name) }
  ) { arguments, context in
    try refuseUnsupported(arguments, isRendering: true)
    let content = try await scriptContent(arguments, context)
    let words = try scriptWords(arguments.string("args"))
    let line = arguments.optionalString("source") ?? "script"
    let prepared = try await ShellCommand(arguments, context, program: ["true"], line: line)
    let file = try TemporaryScript(content, owner: prepared.command.user, context)
    defer { withExtendedLifetime(file) {} }
    var call = prepared
    let hasInterpreter = content.starts(with: Array("#!".utf8))
    call.command.arguments =
      (hasInterpreter ? [] : [try ShellCommand.shell(arguments, context)]) + [context.files.resolve(file.path)] + words
    return try await call.run(context).value
  }

  static let execCode = Function(
    "cmd.exec_code", "Runs code in an interpreter and returns what it prints.",
    details: """
      Returns standard output and standard error as one string. \(commonDetails)

      Example: `brine run web1 cmd.exec_code python3 'print(6 * 7)'`.
      """,
    effect: .change, parameters: codeParameters
  ) { arguments, context in
    .string(try await runCode(arguments, context, mergingErrors: true).standardOutput)
  }

  static let execCodeAll = Function(
    "cmd.exec_code_all", "Runs code in an interpreter and returns its exit code and what it prints.",
    details: """
      Returns `{pid, retcode, stdout, stderr}`. \(commonDetails)

      Example: `brine run web1 cmd.exec_code_all perl 'print 6 * 7'`.
      """,
    effect: .change, parameters: codeParameters
  ) { arguments, context in try await runCode(arguments, context, mergingErrors: false).value }

  private static let codeParameters: [Parameter] =
    [
      .required("lang", .string, "The interpreter."), .required("code", .string, "What it runs."),
      .optional("cwd", .string, "Directory to run in; the user's home when it is not given."),
      .optional("args", .stringList, "Arguments for the code."),
    ] + common.filter { !["cwd", "python_shell", "shell"].contains($0.name) }

  private static func runCode(_ arguments: Arguments, _ context: FunctionContext, mergingErrors isMerged: Bool)
    async throws -> ShellCommand.Output
  {
    try refuseUnsupported(arguments)
    let language = arguments.string("lang")
    guard !language.hasPrefix("-"), context.commands.which(language) != nil else {
      throw FunctionError(.notFound, "The interpreter '\(language)' is not on this host.")
    }
    var call = try await ShellCommand(arguments, context, program: [language], line: language)
    let file = try TemporaryScript(Array(arguments.string("code").utf8), owner: call.command.user, context)
    defer { withExtendedLifetime(file) {} }
    call.command.arguments = [language, context.files.resolve(file.path)] + arguments.strings("args")
    return try await call.run(context, mergingErrors: isMerged)
  }

  private static func scriptContent(_ arguments: Arguments, _ context: FunctionContext) async throws -> [UInt8] {
    switch (arguments.optionalString("source"), arguments.optionalString("content")) {
    case (nil, let content?): return Array(content.utf8)
    case (let source?, nil):
      let script = ScriptSource(
        source, template: arguments.optionalString("template"),
        environment: arguments.optionalString("saltenv") ?? "base")
      guard let content = try await script.content(context) else {
        throw FunctionError(.notFound, "There is no script \(source).")
      }
      return content
    default: throw FunctionError(.badArguments, "cmd.script takes either source or content=.")
    }
  }

  static func scriptWords(_ line: String) throws -> [String] {
    do { return try ShellWords.split(line) } catch {
      throw FunctionError(.badArguments, "The arguments cannot be split into words: \(error).", hint: line)
    }
  }
}
