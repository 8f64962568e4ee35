import Functions
import Value

extension CronFunctions {
  static let queries = [rawCron, listTab("list_tab"), listTab("ls"), getEntry]

  private static let rawCron = Function.guarded(
    "cron.raw_cron", "Returns a user's crontab as it stands.",
    details: "The text; empty when the user has none. Example: `brine run 'web*' cron.raw_cron root`",
    effect: .inspect, parameters: [user]
  ) { arguments, context in
    .string(try await CrontabProgram(user: arguments.string("user"), context).read())
  }

  private static func listTab(_ name: String) -> Function {
    Function.guarded(
      "cron.\(name)", "Returns a user's crontab taken apart.",
      details: """
        A map with `pre` (lines above Salt's marker), `crons` (maps with `minute`, `hour`, `daymonth`, `month`, \
        `dayweek`, `cmd`, `identifier`, `comment`, `commented`), `special` (with `spec` for the times) and `env` (with \
        `name` and `value`).

        Example: `brine run 'web*' cron.\(name) root`
        """,
      effect: .inspect, parameters: [user]
    ) { arguments, context in
      try await CrontabProgram(user: arguments.string("user"), context).load().value
    }
  }

  private static let getEntry = Function.guarded(
    "cron.get_entry", "Returns one job of a user's crontab.",
    details: """
      The map that `cron.list_tab` has for it, or False. With both `identifier` and `cmd` the identifier counts.

      Example: `brine run web1 cron.get_entry root identifier=backup`
      """,
    effect: .inspect,
    parameters: [
      user, .optional("identifier", .string, "The job's identifier."), .optional("cmd", .string, "The job's command."),
    ]
  ) { arguments, context in
    let crontab = try await CrontabProgram(user: arguments.string("user"), context).load()
    let identifier = arguments.string("identifier")
    let command = arguments.string("cmd")
    let entry = (crontab.jobs + crontab.specials).first {
      identifier.isEmpty ? !command.isEmpty && $0.command == command : $0.identifier == identifier
    }
    return entry?.value ?? false
  }
}
