public import Functions
import OrderedCollections
import Value

/// States `sysctl.*`.
public enum SysctlStates {
  public static let all: [StateFunction] = [present]

  private static let present = StateFunction(
    "sysctl.present", "Has a kernel parameter at a value, now and at boot.", details: "Changes are `{name: value}`.",
    parameters: [
      .required("name", .string, "The parameter, such as net.ipv4.ip_forward."),
      .required("value", .any, "The value."),
      .optional("config", .string, "The file that it is kept in."),
    ]
  ) { arguments, context in
    let (name, value) = (arguments.string("name"), arguments["value"].description)
    do {
      if context.isTest { return try await predicted(name, value, arguments, context) }
      var named: ValueMap = ["name": .string(name), "value": .string(value)]
      if arguments.isGiven("config") { named["config"] = arguments["config"] }
      guard try await SysctlFunctions.persist.call(named, context.functions) == "Updated" else {
        return StateResult(true, "Sysctl value \(name) = \(value) is already set")
      }
      return StateResult(
        true, "Updated sysctl value \(name) = \(value)", changes: [.string(name): arguments["value"]])
    } catch {
      let reason = (error as? FunctionError)?.description ?? String(describing: error)
      return StateResult(false, "Failed to set \(name) to \(value): \(reason)")
    }
  }

  private static func predicted(_ name: String, _ value: String, _ arguments: Arguments, _ context: StateContext)
    async throws -> StateResult
  {
    let functions = context.functions
    let path = arguments.optionalString("config") ?? SysctlFunctions.defaultPath(functions)
    let kept = functions.files.exists(path) ? try SysctlFunctions.read(path, functions).value(of: name) : nil
    let current = try await SysctlFunctions.current(name, functions)
    switch (current, kept) {
    case (let current?, nil):
      guard SysctlFile.words(current) == SysctlFile.words(value) else {
        return StateResult(nil, "Sysctl option \(name) set to be changed to \(value)")
      }
      return StateResult(
        nil,
        "Sysctl value is currently set on the running system but not in a config file. Sysctl option \(name) set to be "
          + "changed to \(value) in config file.")
    case (let current?, let kept?)
    where SysctlFile.words(current) == SysctlFile.words(value) && SysctlFile.words(kept) == SysctlFile.words(value):
      return StateResult(true, "Sysctl value \(name) = \(value) is already set")
    case (nil, _?):
      return StateResult(
        nil,
        "Sysctl value \(name) is present in configuration file but is not present in the running config. The value "
          + "\(name) is set to be changed to \(value)")
    default: return StateResult(nil, "Sysctl option \(name) would be changed to \(value)")
    }
  }
}
