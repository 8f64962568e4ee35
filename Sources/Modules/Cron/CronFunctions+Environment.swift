import Functions
import Value

extension CronFunctions {
  static let setEnv = Function.guarded(
    "cron.set_env", "Sets a variable in a user's crontab.",
    details: """
      Returns `new`, `updated` or `present`. It counts for the jobs below Salt's marker line.

      Example: `brine run 'web*' cron.set_env root MAILTO ops@example.com`
      """,
    effect: .change,
    parameters: [
      user, .required("name", .string, "The variable's name."),
      .optional("value", .string, "Its value; empty when not given."),
    ]
  ) { arguments, context in
    let name = try CronText.variable(arguments.string("name"))
    let value = try CronText.line(arguments.string("value"), "value")
    let program = try CrontabProgram(user: arguments.string("user"), context)
    var crontab = try await program.load()
    let index = crontab.variables.firstIndex { $0.name == name }
    if let index {
      // An empty value is written as two quotes.
      let old = crontab.variables[index].value
      if old == value || (value.isEmpty && old == "\"\"") { return "present" }
      crontab.variables[index].value = value
    } else {
      crontab.variables.append(Crontab.Variable(name: name, value: value))
    }
    try await program.install(crontab, "set the variable \(name) in the crontab of '\(program.user)'")
    return index == nil ? "new" : "updated"
  }

  static let rmEnv = Function.guarded(
    "cron.rm_env", "Removes a variable from a user's crontab.",
    details: "Returns `removed` or `absent`. Example: `brine run 'web*' cron.rm_env root MAILTO`", effect: .change,
    parameters: [user, .required("name", .string, "The variable's name.")]
  ) { arguments, context in
    let name = arguments.string("name")
    let program = try CrontabProgram(user: arguments.string("user"), context)
    var crontab = try await program.load()
    guard let index = crontab.variables.firstIndex(where: { $0.name == name }) else { return "absent" }
    crontab.variables.remove(at: index)
    try await program.install(crontab, "remove the variable \(name) from the crontab of '\(program.user)'")
    return "removed"
  }

  static let writeCronFile = Function.guarded(
    "cron.write_cron_file", "Replaces a user's crontab by a file.",
    details: """
      Returns True; what crontab refuses (a fault in the file) is an error with its words.

      Example: `brine run web1 cron.write_cron_file deploy /srv/deploy/crontab`
      """,
    effect: .change, parameters: [user, .required("path", .string, "The file.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    try await CrontabProgram(user: arguments.string("user"), context).install(file: path)
    return true
  }
}
