import Functions
import OrderedCollections
import Value

extension CmdFunctions {
  static let scriptRetcode = Function(
    "cmd.script_retcode", "Runs a script and returns its exit code.", details: commonDetails, effect: .change,
    parameters: script.signature.parameters
  ) { arguments, context in
    var named: ValueMap = [:]
    for parameter in script.signature.parameters where arguments.isGiven(parameter.name) {
      named[parameter.name] = arguments[parameter.name]
    }
    return try await script.call(named, context)["retcode"] ?? .null
  }

  static let runChroot = Function(
    "cmd.run_chroot", "Runs a command in another root directory.",
    details: "Returns `{pid, retcode, stdout, stderr}`. Nothing is mounted there. \(commonDetails)", effect: .change,
    parameters: [.required("root", .string, "The root directory."), command] + common
  ) { arguments, context in
    try refuseUnsupported(arguments)
    let root = try AbsolutePath.argument("root", of: arguments)
    let shell = arguments.optionalString("shell") ?? "/bin/sh"
    let words = arguments["cmd"].listValue?.map(\.description) ?? [shell, "-c", arguments.string("cmd")]
    return try await ShellCommand(arguments, context, program: ["chroot", root] + words).run(context).value
  }
}
