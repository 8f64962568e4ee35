import Functions
import Value

extension CronFunctions {
  static let rmJob = removal("rm_job")
  static let rm = removal("rm")

  private static func removal(_ name: String) -> Function {
    Function.guarded(
      "cron.\(name)", "Removes a job with times from a user's crontab.",
      details: """
        Returns `removed` or `absent`. Times that are given have to be the job's. \(form)

        Example: `brine run 'web*' cron.\(name) root /usr/local/bin/backup identifier=backup`
        """,
      effect: .change,
      parameters: [user, command]
        + CronSchedule.names.map { .optional($0, .string, "Remove it only when this is its \($0).") } + [identifier]
    ) { arguments, context in
      let times = CronSchedule.names.map { arguments.optionalString($0)?.lowercased() }
      return try await remove(arguments, context, from: \.jobs) { entry in
        guard case .times(let own) = entry.schedule else { return false }
        return zip(own.fields, times).allSatisfy { field, wanted in
          wanted == nil || field == wanted || (wanted == "random" && field != "*")
        }
      }
    }
  }

  static let rmSpecial = Function.guarded(
    "cron.rm_special", "Removes a job that runs `@daily`, `@reboot` or the like from a user's crontab.",
    details: """
      Returns `removed` or `absent`. \(form)

      Example: `brine run 'web*' cron.rm_special root /usr/local/bin/sweep`
      """,
    effect: .change,
    parameters: [user, command, .optional("special", .string, "Remove it only when this is its time."), identifier]
  ) { arguments, context in
    let word = try arguments.optionalString("special").map { try CronText.special($0) }
    return try await remove(arguments, context, from: \.specials) {
      word == nil || $0.schedule == word.map(CronSchedule.special)
    }
  }

  private static func remove(
    _ arguments: Arguments, _ context: FunctionContext, from list: WritableKeyPath<Crontab, [CronEntry]>,
    where isMeant: (CronEntry) -> Bool
  ) async throws -> Value {
    let program = try CrontabProgram(user: arguments.string("user"), context)
    let command = arguments.string("cmd")
    let identifier = arguments.optionalString("identifier")
    var crontab = try await program.load()
    let index = crontab[keyPath: list].firstIndex {
      $0.matches(command: command, identifier: identifier) && isMeant($0)
    }
    guard let index else { return "absent" }
    let entry = crontab[keyPath: list].remove(at: index)
    try await program.install(
      crontab, "remove from the crontab of '\(program.user)': \(entry.lines.joined(separator: " / "))")
    return "removed"
  }
}
