public import Functions
import OrderedCollections
import Value

/// States `blockdev.*`.
public enum BlockdevStates {
  public static let all: [StateFunction] = [formatted, tuned]

  private static let name = Parameter.required("name", .string, "The block device.")

  private static let formatted = StateFunction(
    "blockdev.formatted", "Has a file system of a type on a device. Another one that is on it is lost, as in Salt.",
    details: "Changes are `{new, old}`.",
    parameters: [name] + DiskFunctions.format.signature.parameters.dropFirst()
  ) { arguments, context in
    let (name, type) = (arguments.string("name"), arguments.string("fs_type"))
    do {
      guard context.functions.files.exists(name) else { return StateResult(false, "\(name) does not exist") }
      if try await current(name, context) == type { return StateResult(true, "\(name) already formatted with \(type)") }
      guard context.functions.commands.which("mkfs.\(type)") != nil else {
        return StateResult(false, "Invalid fs_type: \(type)")
      }
      if context.isTest { return StateResult(nil, "Changes to \(name) will be applied ") }
      var named: ValueMap = ["device": .string(name)]
      for parameter in DiskFunctions.format.signature.parameters.dropFirst() where arguments.isGiven(parameter.name) {
        named[parameter.name] = arguments[parameter.name]
      }
      let isMade = try await DiskFunctions.format.call(named, context.functions) == true
      guard isMade, try await current(name, context) == type else {
        return StateResult(false, "Failed to format \(name)")
      }
      let changes: ValueMap = ["new": .string(type), "old": .string(type)]
      return StateResult(true, "\(name) has been formatted with \(type)", changes: changes)
    } catch { return StateResult(failed: error) }
  }

  private static func current(_ name: String, _ context: StateContext) async throws -> String {
    try await context.functions.start(["blkid", "-o", "value", "-s", "TYPE", name], package: "util-linux")
      .outputText.trimmed()
  }

  private static let tuned = StateFunction(
    "blockdev.tuned", "Has attributes of a block device set.",
    details: "Changes are `{attribute: Changed from … to …}`.",
    parameters: [
      name, .keywords("kwargs", "`read-ahead`, `filesystem-read-ahead`, `read-only: True`, `read-write: True`."),
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    guard context.functions.files.status(name)?.kind == .block else {
      return StateResult(false, "Changes to \(name) cannot be applied. Not a block device.")
    }
    if context.isTest { return StateResult(nil, "Changes to \(name) will be applied ") }
    do {
      let wanted = arguments.map("kwargs")
      let before = try await DiskFunctions.dump.call(["device": .string(name)], context.functions)
      var named = wanted
      named["device"] = .string(name)
      let after = try await DiskFunctions.tune.call(named, context.functions)
      var changes: ValueMap = [:]
      let asks = [
        "read-ahead": "getra", "filesystem-read-ahead": "getfra", "read-only": "getro", "read-write": "getro",
      ]
      for (key, value) in wanted {
        guard let ask = asks[key.description], let old = before[ask], let new = after[ask], old != new else { continue }
        let isOpposite = key == "read-write"
        func shown(_ text: Value) -> String {
          value.boolValue == nil ? text.description : (text == "1") == isOpposite ? "False" : "True"
        }
        changes[key] = .string("Changed from \(shown(old)) to \(shown(new))")
      }
      return changes.isEmpty
        ? StateResult(true, "Block device \(name) already in correct state")
        : StateResult(true, "Block device \(name) successfully modified ", changes: changes)
    } catch { return StateResult(failed: error) }
  }
}
