import Functions
import Value

extension CmdFunctions {
  static let run = Function(
    "cmd.run", "Runs a command and returns what it prints.",
    details: """
      Returns standard output and standard error as one string, in the order written. \(commonDetails)

      Example: `brine run 'web*' cmd.run 'systemctl is-active nginx' timeout=5`.
      """,
    effect: .change, parameters: [command] + common
  ) { arguments, context in
    try refuseUnsupported(arguments)
    let output = try await ShellCommand(arguments, context).run(context, mergingErrors: true)
    return .string(output.standardOutput)
  }

  static let runAll = Function(
    "cmd.run_all", "Runs a command and returns its exit code and what it prints.",
    details: """
      Returns `{pid, retcode, stdout, stderr}`. \(commonDetails)

      Example: `brine run web1 cmd.run_all 'nginx -t'`.
      """,
    effect: .change, parameters: [command] + common
  ) { arguments, context in
    try refuseUnsupported(arguments)
    return try await ShellCommand(arguments, context).run(context).value
  }

  static let runStdout = Function(
    "cmd.run_stdout", "Runs a command and returns its standard output.",
    details: "\(commonDetails)\n\nExample: `brine run web1 cmd.run_stdout 'uname -r'`.", effect: .change,
    parameters: [command] + common
  ) { arguments, context in
    try refuseUnsupported(arguments)
    return .string(try await ShellCommand(arguments, context).run(context).standardOutput)
  }

  static let runStderr = Function(
    "cmd.run_stderr", "Runs a command and returns its standard error.",
    details: "\(commonDetails)\n\nExample: `brine run web1 cmd.run_stderr 'nginx -t'`.", effect: .change,
    parameters: [command] + common
  ) { arguments, context in
    try refuseUnsupported(arguments)
    return .string(try await ShellCommand(arguments, context).run(context).standardError)
  }

  static let retcode = Function(
    "cmd.retcode", "Runs a command and returns its exit code.",
    details: "\(commonDetails)\n\nExample: `brine run web1 cmd.retcode 'grep -q swap /etc/fstab'`.", effect: .change,
    parameters: [command] + common
  ) { arguments, context in
    try refuseUnsupported(arguments)
    return .int(try await ShellCommand(arguments, context).run(context).exitCode)
  }

  static let shell = Function(
    "cmd.shell", "Runs a command in a shell, whatever python_shell says, and returns what it prints.",
    details: "\(commonDetails)\n\nExample: `brine run web1 cmd.shell 'ls /tmp | wc -l'`.", effect: .change,
    parameters: [command] + common.filter { $0.name != "python_shell" }
  ) { arguments, context in
    try refuseUnsupported(arguments)
    let program =
      [try ShellCommand.shell(arguments, context), "-c"]
      + (arguments["cmd"].listValue?.map(\.description) ?? [arguments.string("cmd")])
    let output = try await ShellCommand(arguments, context, program: program).run(context, mergingErrors: true)
    return .string(output.standardOutput)
  }
}
