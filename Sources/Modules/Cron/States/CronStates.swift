public import Functions
import HostSystem
import OrderedCollections
import Value

/// States `cron.*`: users' crontabs.
public enum CronStates {
  public static let all: [StateFunction] = [present, absent, environmentPresent, environmentAbsent, file]

  static let user = Parameter.optional("user", .string, default: "root", "Whose crontab.")
  private static let command = Parameter.required("name", .string, "The command line.")
  private static let identifier = Parameter.optional(
    "identifier", .any, default: false, "A name to find the job by when its command changes; else the command.")
  private static let special = Parameter.optional(
    "special", .string, "@reboot, @daily, @hourly and so on, instead of times.")
  private static let times = zip(CronSchedule.names, ["0–59", "0–23", "1–31", "1–12", "0–7"]).map {
    Parameter.optional($0, .string, default: "*", "When it runs: \($1), `*`, or `random`.")
  }

  private static let present = StateFunction(
    "cron.present", "Has a job in a user's crontab.", details: "Changes are `{user: command}`.",
    parameters: [command, user] + times + [
      .optional("comment", .string, "A comment above the job."),
      .optional("commented", .bool, default: false, "Keeps the job in the table, but switched off."), identifier,
      special,
    ]
  ) { arguments, context in named(arguments, await keep(arguments, context)) }

  private static func keep(_ arguments: Arguments, _ context: StateContext) async -> StateResult {
    let name = arguments.string("name").trimmed()
    let user = arguments.string("user")
    do {
      let job = identified(arguments, name)
      var named: ValueMap = [
        "user": .string(user), "cmd": .string(name), "commented": arguments["commented"], "identifier": job,
      ]
      if arguments.isGiven("comment") { named["comment"] = arguments["comment"] }
      let words = arguments.isGiven("special") ? ["special"] : CronSchedule.names
      for word in words { named[word] = arguments[word] }
      let function = arguments.isGiven("special") ? CronFunctions.setSpecial : CronFunctions.setJob
      let answer = try await function.call(named, context.functions)
      guard answer != "present" else { return StateResult(true, "Cron \(name) already present") }
      guard !context.isTest else {
        let crontab = try await CrontabProgram(user: user, context.functions).load()
        let isThere = crontab.place(command: name, identifier: job.stringValue) != nil
        return StateResult(nil, "Cron \(name) is set to be \(isThere ? "updated" : "added")")
      }
      let comment = answer == "new" ? "Cron \(name) added to \(user)'s crontab" : "Cron \(name) updated"
      return StateResult(true, comment, changes: [.string(user): .string(name)])
    } catch { return failed("Cron", name, user, error) }
  }

  private static let absent = StateFunction(
    "cron.absent", "Has no such job in a user's crontab.", details: "Changes are `{user: command}`.",
    parameters: [command, user, identifier, special, .keywords("kwargs", "Taken for compatibility and not used.")]
  ) { arguments, context in named(arguments, await drop(arguments, context)) }

  private static func drop(_ arguments: Arguments, _ context: StateContext) async -> StateResult {
    let name = arguments.string("name").trimmed()
    let user = arguments.string("user")
    do {
      var named: ValueMap = ["user": .string(user), "cmd": .string(name), "identifier": identified(arguments, name)]
      if arguments.isGiven("special") { named["special"] = arguments["special"] }
      let function = arguments.isGiven("special") ? CronFunctions.rmSpecial : CronFunctions.rmJob
      let answer = try await function.call(named, context.functions)
      if answer == "absent" { return StateResult(true, "Cron \(name) \(context.isTest ? "is" : "already") absent") }
      if context.isTest { return StateResult(nil, "Cron \(name) is set to be removed") }
      return StateResult(
        true, "Cron \(name) removed from \(user)'s crontab", changes: [.string(user): .string(name)])
    } catch { return failed("Cron", name, user, error) }
  }

  /// The result goes by the command without the white space around it, which a folded text of YAML has.
  private static func named(_ arguments: Arguments, _ result: StateResult) -> StateResult {
    let name = arguments.string("name")
    var result = result
    if name.trimmed() != name { result.extra["name"] = .string(name.trimmed()) }
    return result
  }

  private static let environmentPresent = StateFunction(
    "cron.env_present", "Has a variable in a user's crontab.", details: "Changes are `{user: variable}`.",
    parameters: [
      .required("name", .string, "The variable."), .optional("value", .string, "Its value; empty when not given."),
      user,
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    let user = arguments.string("user")
    do {
      let named: ValueMap = [
        "user": .string(user), "name": .string(name), "value": .string(arguments.string("value")),
      ]
      let answer = try await CronFunctions.setEnv.call(named, context.functions)
      guard answer != "present" else { return StateResult(true, "Cron env \(name) already present") }
      guard !context.isTest else {
        let crontab = try await CrontabProgram(user: user, context.functions).load()
        let isThere = crontab.variables.contains { $0.name == name }
        return StateResult(nil, "Cron env \(name) is set to be \(isThere ? "updated" : "added")")
      }
      let comment = answer == "new" ? "Cron env \(name) added to \(user)'s crontab" : "Cron env \(name) updated"
      return StateResult(true, comment, changes: [.string(user): .string(name)])
    } catch { return failed("Cron env", name, user, error) }
  }

  private static let environmentAbsent = StateFunction(
    "cron.env_absent", "Has no such variable in a user's crontab.", details: "Changes are `{user: variable}`.",
    parameters: [.required("name", .string, "The variable."), user]
  ) { arguments, context in
    let name = arguments.string("name").trimmed()
    let user = arguments.string("user")
    do {
      let answer = try await CronFunctions.rmEnv.call(
        ["user": .string(user), "name": .string(name)], context.functions)
      if answer == "absent" { return StateResult(true, "Cron env \(name) \(context.isTest ? "is" : "already") absent") }
      if context.isTest { return StateResult(nil, "Cron env \(name) is set to be removed") }
      return StateResult(
        true, "Cron env \(name) removed from \(user)'s crontab", changes: [.string(user): .string(name)])
    } catch { return failed("Cron env", name, user, error) }
  }

  /// Without an identifier the command is one, as Salt has it.
  private static func identified(_ arguments: Arguments, _ name: String) -> Value {
    switch arguments["identifier"] {
    case .bool(false): .string(name)
    case .null: .null
    case let other: .string(other.description)
    }
  }

  private static func failed(_ what: String, _ name: String, _ user: String, _ error: any Error) -> StateResult {
    let reason = (error as? FunctionError)?.description ?? String(describing: error)
    return StateResult(false, "\(what) \(name) for user \(user) failed to commit with error \n\(reason)")
  }
}
