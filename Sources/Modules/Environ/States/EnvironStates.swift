public import Functions
import OrderedCollections
import Value

/// States `environ.*`.
public enum EnvironStates {
  public static let all: [StateFunction] = [setEnvironment]

  private static let setEnvironment = StateFunction(
    "environ.setenv", "Sets environment variables for the states that follow.",
    details: "Changes are `{variable: value}`. In test mode the result is true, also when something would change.",
    parameters: [
      .required("name", .string, "The variable; any text where the value is a map."),
      .required("value", .any, "A string, False, or a map of variables."),
      .optional("false_unsets", .bool, default: false, "False removes a variable instead of making it empty."),
      .optional("clear_all", .bool, default: false, "Removes, or empties, all other variables."),
      .optional("update_minion", .bool, default: false, "Taken for compatibility; the minion's own stays as it is."),
      .optional("permanent", .any, default: false, "Taken for compatibility; only Windows keeps variables."),
    ]
  ) { arguments, context in
    let wanted: ValueMap
    switch arguments["value"] {
    case .map(let map): wanted = map
    case .string, .bool(false): wanted = [.string(arguments.string("name")): arguments["value"]]
    default: return StateResult(false, "Environ value must be string, dict or False")
    }
    let falseUnsets = arguments.bool("false_unsets")
    let changes = planned(wanted, falseUnsets: falseUnsets, clearsAll: arguments.bool("clear_all"))
    if context.isTest {
      let comment =
        changes.isEmpty ? "Environ values are already set with the correct values" : "Environ values will be changed"
      return StateResult(true, comment, changes: changes)
    }
    guard !changes.isEmpty else {
      return StateResult(true, "Environ values were already set with the correct values")
    }
    let done = try await EnvironFunctions.setEnvironment.call(
      [
        "environ": .map(wanted), "false_unsets": .bool(falseUnsets), "clear_all": arguments["clear_all"],
      ], context.functions)
    guard let done = done.mapValue, !done.isEmpty else {
      return StateResult(false, "Failed to set environ variables", changes: changes)
    }
    return StateResult(true, "Environ values were set", changes: done)
  }

  private static func planned(_ wanted: ValueMap, falseUnsets: Bool, clearsAll: Bool) -> ValueMap {
    let removed: Value = falseUnsets ? .null : ""
    var changes: ValueMap = [:]
    if clearsAll {
      for key in EnvironmentVariables.all.keys where wanted[key] == nil { changes[key] = removed }
    }
    for (key, value) in wanted {
      let present = EnvironmentVariables.value(of: key.description)
      if value == false {
        if present == nil ? !falseUnsets : (falseUnsets || present != "") { changes[key] = removed }
      } else if value != .string(present ?? "") {
        changes[key] = value
      }
    }
    return changes
  }
}
