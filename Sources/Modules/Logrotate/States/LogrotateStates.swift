public import Functions
import OrderedCollections
import Value

/// States `logrotate.*`.
public enum LogrotateStates {
  public static let all: [StateFunction] = [set]

  private static let set = StateFunction(
    "logrotate.set", "Has a value in logrotate's configuration.", details: "Changes are `{old, new}`.",
    parameters: [
      .required("name", .string, "Any text."), .required("key", .string, "A command or a log file."),
      .required("value", .any, "Its value; or the log file's command."),
      .optional("setting", .any, "The value of the log file's command."),
      .optional("conf_file", .string, default: .string(LogrotateConfiguration.defaultPath), "The configuration file."),
    ]
  ) { arguments, context in
    let key = arguments.string("key")
    let isBlock = arguments.isGiven("setting")
    let new = LogrotateConfiguration.number(arguments[isBlock ? "setting" : "value"])
    let command = isBlock ? "lock '\(key)' command '\(arguments.string("value"))'" : "ommand '\(key)'"
    let capital = isBlock ? "B" : "C"
    let shown = PythonText.str(new)
    do {
      var named: ValueMap = ["key": .string(key), "conf_file": arguments["conf_file"]]
      if isBlock { named["value"] = arguments["value"] }
      let old = try await LogrotateFunctions.get.call(named, context.functions)
      if old == new { return StateResult(true, "\(capital)\(command) already has value: \(shown)") }
      let changes: ValueMap = ["old": old, "new": new]
      if context.isTest {
        return StateResult(nil, "\(capital)\(command) will be set to value: \(shown)", changes: changes)
      }
      named["value"] = isBlock ? arguments["value"] : new
      if isBlock { named["setting"] = new }
      let small = capital.lowercased()
      guard try await LogrotateFunctions.set.call(named, context.functions) == true else {
        return StateResult(false, "Unable to set \(small)\(command) value: \(shown)", changes: changes)
      }
      return StateResult(true, "Set \(small)\(command) value: \(shown)", changes: changes)
    } catch { return StateResult(failed: error) }
  }
}
