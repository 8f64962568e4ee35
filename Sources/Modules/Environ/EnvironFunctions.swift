public import Functions
import OrderedCollections
import Value

/// `environ.*`: the environment of the process that runs a job, and so of what the job starts.
public enum EnvironFunctions {
  public static let all: [Function] = [get, hasValue, item, items, setValue, setEnvironment]

  private static let key = Parameter.required("key", .string, "The variable.")
  private static let falseUnsets = Parameter.optional(
    "false_unsets", .bool, default: false, "False removes a variable instead of making it empty.")
  private static let permanent = Parameter.optional(
    "permanent", .any, default: false, "Taken for compatibility; only Windows keeps variables.")

  private static let get = Function(
    "environ.get", "Gives one environment variable.",
    details: "Returns its value, or the default.\n\nExample: `brine run web1 environ.get PATH`.", effect: .read,
    parameters: [key, .optional("default", .any, default: "", "What is given when there is none.")]
  ) { arguments, _ in
    EnvironmentVariables.value(of: arguments.string("key")).map(Value.string) ?? arguments["default"]
  }

  private static let hasValue = Function(
    "environ.has_value", "Tells whether an environment variable is there, and has a value if one is given.",
    details: "Returns True or False.\n\nExample: `brine run web1 environ.has_value LANG C.UTF-8`.", effect: .read,
    parameters: [key, .optional("value", .string, "The value.")]
  ) { arguments, _ in
    guard let present = EnvironmentVariables.value(of: arguments.string("key")) else { return false }
    return .bool(arguments.optionalString("value").map { $0 == present } ?? true)
  }

  private static let item = Function(
    "environ.item", "Gives some environment variables.",
    details: "Returns a map.\n\nExample: `brine run web1 environ.item '[LANG, PATH]'`.", effect: .read,
    parameters: [
      .required("keys", .stringList, "The variables."),
      .optional("default", .any, default: "", "What is given for one that is not there."),
    ]
  ) { arguments, _ in
    var map: ValueMap = [:]
    for key in arguments.strings("keys") {
      map[key] = EnvironmentVariables.value(of: key).map(Value.string) ?? arguments["default"]
    }
    return .map(map)
  }

  private static let items = Function(
    "environ.items", "Gives all environment variables.",
    details: "Returns a map.\n\nExample: `brine run web1 environ.items`.", effect: .read
  ) { _, _ in .map(EnvironmentVariables.all) }

  private static let setValue = Function(
    "environ.setval", "Sets one environment variable for the rest of the job.",
    details: """
      Returns the value; null where `false_unsets` removed the variable; False for what no environment can hold. Each job \
      has a process of its own, so this matters in states and templates.

      Example: `brine run web1 environ.setval LANG C.UTF-8`.
      """,
    effect: .change,
    parameters: [key, .required("val", .any, "A string, or False."), falseUnsets, permanent]
  ) { arguments, _ in
    set(arguments.string("key"), to: arguments["val"], falseUnsets: arguments.bool("false_unsets"))
  }

  static let setEnvironment = Function(
    "environ.setenv", "Sets several environment variables for the rest of the job.",
    details: "Returns what was set, or False.\n\nExample: `brine run web1 environ.setenv '{LANG: C.UTF-8}'`.",
    effect: .change,
    parameters: [
      .required("environ", .map, "The variables: strings, or False."), falseUnsets,
      .optional("clear_all", .bool, default: false, "Removes, or empties, all other variables."),
      .optional("update_minion", .bool, default: false, "Taken for compatibility; the minion's own stays as it is."),
      permanent,
    ]
  ) { arguments, _ in
    let wanted = arguments.map("environ")
    let falseUnsets = arguments.bool("false_unsets")
    var result: ValueMap = [:]
    if arguments.bool("clear_all") {
      for key in EnvironmentVariables.all.keys where wanted[key] == nil {
        result[key] = set(key.description, to: false, falseUnsets: falseUnsets)
      }
    }
    for (key, value) in wanted {
      guard value.stringValue != nil || value == false else { return false }
      result[key] = set(key.description, to: value, falseUnsets: falseUnsets)
    }
    return .map(result)
  }

  private static func set(_ key: String, to value: Value, falseUnsets: Bool) -> Value {
    if value == false, falseUnsets { return EnvironmentVariables.set(key, to: nil) ? .null : false }
    guard let text = value == false ? "" : value.stringValue, EnvironmentVariables.set(key, to: text) else {
      return false
    }
    return .string(text)
  }
}
