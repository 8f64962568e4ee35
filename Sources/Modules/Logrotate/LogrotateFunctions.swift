public import Functions
import OrderedCollections
import Value

/// `logrotate.*`.
public enum LogrotateFunctions {
  public static let all: [Function] = [show, get, set]

  private static let file = Parameter.optional(
    "conf_file", .string, default: .string(LogrotateConfiguration.defaultPath), "The configuration file.")

  private static let show = Function(
    "logrotate.show_conf", "Gives logrotate's configuration.",
    details: "Returns `{command: value, log file: {command: value}}`.", effect: .inspect, parameters: [file]
  ) { arguments, context in
    .map(try LogrotateConfiguration(arguments.string("conf_file"), context.files).map)
  }

  static let get = Function(
    "logrotate.get", "Gives the value of a command, or of a log file's command.",
    details: "Returns False when it is not set.", effect: .inspect,
    parameters: [
      .required("key", .string, "A command or a log file."), .optional("value", .string, "A log file's command."), file,
    ]
  ) { arguments, context in
    let map = try LogrotateConfiguration(arguments.string("conf_file"), context.files).map
    let found = map[arguments.string("key")] ?? false
    guard let name = arguments.optionalString("value"), !name.isEmpty, found != false else { return found }
    return found.mapValue?[name] ?? false
  }

  static let set = Function(
    "logrotate.set", "Sets a command, or a log file's command.", details: "Returns whether that worked.",
    effect: .change,
    parameters: [
      .required("key", .string, "A command or a log file."),
      .required("value", .any, "Its value; or the log file's command."),
      .optional("setting", .any, "The value of the log file's command; False removes it."), file,
    ]
  ) { arguments, context in
    let configuration = try LogrotateConfiguration(arguments.string("conf_file"), context.files)
    let (key, value) = (arguments.string("key"), arguments["value"])
    let path = configuration.places[key] ?? arguments.string("conf_file")
    let current = configuration.map[key] ?? false
    var named: ValueMap = ["path": .string(path), "backup": false, "show_changes": false, "backslash_literal": true]
    if arguments.isGiven("setting") {
      var block = current.mapValue ?? [:]
      guard current == false || current.mapValue != nil else {
        throw FunctionError(.badArguments, "'\(key)' is a command, not a log file with commands of its own.")
      }
      let (name, setting) = (value.description, arguments["setting"])
      if block[name] ?? false == setting { return true }
      block[name] = setting == false ? nil : setting
      named["repl"] = .string(LogrotateConfiguration.block(key, block))
      named["pattern"] = .string("^\(key).*?{.*?}")
      named["flags"] = 24
      named["append_if_not_found"] = true
    } else {
      guard current.mapValue == nil else {
        throw FunctionError(.badArguments, "'\(key)' is a log file with commands of its own: 'setting' is missing.")
      }
      if value == current { return true }
      let line = value == true ? key : value == false || value.isNull ? "" : "\(key) \(value)"
      named["repl"] = .string(line)
      named["pattern"] = .string("^\(key).*")
      named["prepend_if_not_found"] = true
    }
    if context.isTest { return true }
    return try await context.registry.function(named: "file.replace").call(named, context)
  }
}
