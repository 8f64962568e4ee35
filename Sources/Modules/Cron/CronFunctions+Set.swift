import Functions
import Value

extension CronFunctions {
  static let setJob = Function.guarded(
    "cron.set_job", "Sets a job with times in a user's crontab.",
    details: """
      Returns `new`, `updated` or `present`. A field may be `random`, or `10:20` for a random one out of these; what \
      was \
      chosen stays at the next call. \(form)

      Example: `brine run 'web*' cron.set_job root random 3 '*' '*' '*' /usr/local/bin/backup identifier=backup`
      """,
    effect: .change,
    parameters: [
      user, .required("minute", .string, "Minute, 0–59."), .required("hour", .string, "Hour, 0–23."),
      .required("daymonth", .string, "Day of the month, 1–31."), .required("month", .string, "Month, 1–12."),
      .required("dayweek", .string, "Day of the week, 0–7; Sunday is 0 and 7."), command, commented, comment,
      identifier,
    ]
  ) { arguments, context in
    let wanted = CronSchedule.names.map { arguments.string($0) }
    return try await set(arguments, context) { old throws(FunctionError) in
      var generator = SystemRandomNumberGenerator()
      var oldTimes: CronTimes?
      if case .times(let times)? = old?.schedule { oldTimes = times }
      return .times(try CronTimes(wanted: wanted, keeping: oldTimes, using: &generator))
    }
  }

  static let setSpecial = Function.guarded(
    "cron.set_special", "Sets a job that runs `@daily`, `@reboot` or the like in a user's crontab.",
    details: """
      Returns `new`, `updated` or `present`. \(form)

      Example: `brine run 'web*' cron.set_special root @hourly /usr/local/bin/sweep`
      """,
    effect: .change,
    parameters: [
      user, .required("special", .string, "@reboot, @yearly, @monthly, @weekly, @daily, @midnight or @hourly."),
      command, commented, comment, identifier,
    ]
  ) { arguments, context in
    let word = try CronText.special(arguments.string("special"))
    return try await set(arguments, context) { _ in .special(word) }
  }

  private static func set(
    _ arguments: Arguments, _ context: FunctionContext,
    _ schedule: (CronEntry?) throws(FunctionError) -> CronSchedule
  ) async throws -> Value {
    let program = try CrontabProgram(user: arguments.string("user"), context)
    let command = try CronText.command(arguments.string("cmd"))
    let comment = try arguments.optionalString("comment").map { try CronText.comment($0) }
    let text = try CronText.line(arguments.string("identifier"), "identifier")
    let identifier = text.isEmpty ? nil : text
    var crontab = try await program.load()
    let place = crontab.place(command: command, identifier: identifier)
    let old = place.map { crontab[$0] }
    let entry = CronEntry(
      schedule: try schedule(old), command: command, comment: comment ?? old?.comment,
      identifier: identifier ?? old?.identifier, isCommented: arguments.bool("commented"))
    if entry == old { return "present" }
    if let place { crontab.remove(place) }
    crontab.append(entry)
    let action = old == nil ? "add to" : "change in"
    try await program.install(
      crontab, "\(action) the crontab of '\(program.user)': \(entry.lines.joined(separator: " / "))")
    return old == nil ? "new" : "updated"
  }
}
