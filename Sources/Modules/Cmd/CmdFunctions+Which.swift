import Functions
import HostSystem
import Value

extension CmdFunctions {
  static let which = Function(
    "cmd.which", "Finds a program in PATH.",
    details: "Returns its path, or nothing.\n\nExample: `brine run '*' cmd.which openssl`.", effect: .read,
    parameters: [.required("cmd", .string, "The program.")]
  ) { arguments, context in context.commands.which(arguments.string("cmd")).map(Value.string) ?? .null }

  static let whichBin = Function(
    "cmd.which_bin", "Finds the first of several programs that is in PATH.",
    details: "Returns its path, or nothing.\n\nExample: `brine run '*' cmd.which_bin '[dnf, yum]'`.", effect: .read,
    parameters: [.required("cmds", .stringList, "The programs, in order of preference.")]
  ) { arguments, context in
    arguments.strings("cmds").lazy.compactMap { context.commands.which($0) }.first.map(Value.string) ?? .null
  }

  static let hasExec = Function(
    "cmd.has_exec", "Tells whether a program is in PATH.",
    details: "Returns True or False.\n\nExample: `brine run '*' cmd.has_exec nginx`.", effect: .read,
    parameters: [.required("cmd", .string, "The program.")]
  ) { arguments, context in .bool(context.commands.which(arguments.string("cmd")) != nil) }

  static let shells = Function(
    "cmd.shells", "Lists the login shells of /etc/shells.",
    details: "Returns a list of paths.\n\nExample: `brine run web1 cmd.shells`.", effect: .read
  ) { _, context in
    .strings(context.files.linesIfPresent("/etc/shells").map { $0.trimmed() }.filter { $0.hasPrefix("/") })
  }
}
