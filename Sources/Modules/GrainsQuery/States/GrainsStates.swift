public import Functions
import OrderedCollections
import Value

/// States `grains.*`: grains in the minion's file of grains.
public enum GrainsStates {
  public static let all: [StateFunction] = [exists, present, absent, append, listPresent, listAbsent]

  static let name = Parameter.required("name", .string, "The grain's key; nested with the delimiter.")
  static let value = Parameter.required("value", .any, "The value.")
  static let delimiter = Parameter.optional(
    "delimiter", .string, default: ":", "What stands between nested keys in the name.")
  static let force = Parameter.optional("force", .bool, default: false, "Replaces lists and maps.")

  /// The key with `:` between its parts.
  static func key(_ arguments: Arguments) -> String {
    let name = arguments.string("name")
    let delimiter = arguments.string("delimiter")
    guard !delimiter.isEmpty, delimiter != ":" else { return name }
    return GrainPath(name, delimiter: delimiter).parts.joined(separator: ":")
  }

  private static let exists = StateFunction(
    "grains.exists", "Fails unless a grain is there.", parameters: [name, delimiter]
  ) { arguments, context in
    let isThere = CurrentGrains(context).value(of: key(arguments)) != nil
    return StateResult(isThere, isThere ? "Grain exists" : "Grain does not exist")
  }

  private static let present = StateFunction(
    "grains.present", "Sets a grain.", parameters: [name, value, delimiter, force]
  ) { arguments, context in
    let grains = CurrentGrains(context)
    let (key, value) = (key(arguments), arguments["value"])
    let present = grains.value(of: key)
    if present == value { return StateResult(true, "Grain is already set") }
    if context.isTest {
      guard present != nil else {
        return StateResult(nil, "Grain \(key) is set to be added", changes: ["new": .string(key)])
      }
      return StateResult(
        nil, "Grain \(key) is set to be changed", changes: ["changed": .map([.string(key): value])])
    }
    var result = try await grains.set(key, to: value, force: arguments.bool("force"))
    if result.result == true, !result.changes.isEmpty {
      result.comment = "Set grain \(key) to \(PythonText.str(value))"
    }
    return result
  }

  private static let absent = StateFunction(
    "grains.absent", "Sets a grain to null, or removes it.",
    parameters: [
      name, .optional("destructive", .bool, default: false, "Removes the grain."), delimiter, force,
    ]
  ) { arguments, context in
    let grains = CurrentGrains(context)
    let key = key(arguments)
    let isDestructive = arguments.bool("destructive")
    guard let present = grains.value(of: key) else { return StateResult(true, "Grain \(key) does not exist") }
    let deleted: ValueMap = ["deleted": .string(key)]
    let emptied: ValueMap = ["grain": .string(key), "value": .null]
    if context.isTest {
      if isDestructive { return StateResult(nil, "Grain \(key) is set to be deleted", changes: deleted) }
      if present.isNull { return StateResult(nil, "") }
      return StateResult(nil, "Value for grain \(key) is set to be deleted (None)", changes: emptied)
    }
    var result = try await grains.set(
      key, to: .null, force: arguments.bool("force"), isDestructive: isDestructive)
    guard result.result == true else { return result }
    if isDestructive {
      (result.comment, result.changes) = ("Grain \(key) was deleted", deleted)
    } else if !present.isNull {
      (result.comment, result.changes) = ("Value for grain \(key) was set to None", emptied)
    }
    return result
  }
}
