import Functions
import HostSystem
import OrderedCollections
import Value

extension StateConditions {
  /// What a declaration says of how its commands are run.
  private static let options = [
    "cwd", "root", "runas", "env", "prepend_path", "umask", "timeout", "success_retcodes",
  ]

  /// The declaration's options for commands, without those that `cmd_opts_exclude` names.
  var commandOptions: ValueMap {
    let excluded = chunk["cmd_opts_exclude"].map { $0.listValue ?? [$0] } ?? []
    var options: ValueMap = [:]
    for option in Self.options where !excluded.contains(.string(option)) {
      if let value = chunk[option], !value.isNull { options[option] = value }
    }
    // The mask is octal, and YAML has read it as a number.
    if let mask = options["umask"] { options["umask"] = .string(mask.description) }
    if let shell = chunk["shell"], !excluded.contains("shell") {
      options["shell"] = shell
    } else if let shell = hostShell {
      options["shell"] = shell
    }
    return options
  }

  /// The shell that the grains name, if it is there: a missing one would quietly decide each condition.
  var hostShell: Value? {
    guard let shell = context.grains["shell"], context.files.isExecutable(shell.description) else { return nil }
    return shell
  }

  /// The exit code of a line that a shell runs, through `cmd.retcode` where there is one.
  ///
  /// - Throws: when it could not be started.
  func exitCode(_ line: String, _ options: ValueMap) async throws -> Int64 {
    guard let function = context.registry["cmd.retcode"] else {
      return Int64(try await context.commands.run(Command("/bin/sh", "-c", line)).exitCode)
    }
    let known = Set(function.signature.parameters.map(\.name))
    var named = options.filter { known.contains($0.key.description) }
    for (name, value) in ["ignore_retcode": true, "python_shell": true] as ValueMap
    where known.contains(name.description) {
      named[name] = value
    }
    var context = context
    context.reportExitCode = { _ in }
    // Conditions are asked in test mode too.
    context.isTest = false
    let result = try await context.registry.call("cmd.retcode", CallArguments([.string(line)], named: named), context)
    return result.intValue ?? 1
  }
}
