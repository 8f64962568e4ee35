import Functions
import Value

extension GrainsFunctions {
  private static let destructive = Parameter.optional(
    "destructive", .bool, default: false, "A null removes the key instead of being set.")
  private static let refreshPillar = Parameter.optional(
    "refresh_pillar", .bool, default: true, "Kept for Salt's sake; the minion reads its grains again in any case.")
  private static let key = Parameter.required("key", .string, "The key; nested with `:`.")

  static let setValues = Function(
    "grains.setvals", "Sets several grains in the minion's file of grains.",
    details: "Returns what was set. Example: `brine run db1 grains.setvals '{pool: blue, rack: 7}'`.", effect: .change,
    parameters: [.required("grains", .map, "The grains."), destructive, refreshPillar]
  ) { arguments, context in
    try store(arguments.map("grains"), isDestructive: arguments.bool("destructive"), context, "grains.setvals")
  }

  static let setValue = Function(
    "grains.setval", "Sets a grain in the minion's file of grains.",
    details: "Returns `{key: value}`. The key is not nested. Example: `brine run db1 grains.setval pool blue`.",
    effect: .change,
    parameters: [
      .required("key", .string, "The grain's name."), .required("val", .any, "The value."), destructive, refreshPillar,
    ]
  ) { arguments, context in
    let grains: ValueMap = [.string(arguments.string("key")): arguments["val"]]
    return try store(grains, isDestructive: arguments.bool("destructive"), context, "grains.setval")
  }

  static let append = Function(
    "grains.append", "Adds a value to a grain that is a list.",
    details: """
      Returns the grain as it is set, or a sentence when the value is in the list already. A grain that is \
      missing becomes \
      a list. Example: `brine run web1 grains.append roles cache`.
      """,
    effect: .change,
    parameters: [
      key, .required("val", .any, "The value; each element of a list is added."),
      .optional("convert", .bool, default: false, "Makes a list of a grain that is none."), delimiter,
    ]
  ) { arguments, context in
    let name = arguments.string("key")
    let path = GrainPath(name, delimiter: arguments.string("delimiter"))
    let present = path.value(in: context.grains) ?? []
    let value = arguments["val"]
    guard var items = present.listValue ?? (arguments.bool("convert") ? (present.isNull ? [] : [present]) : nil) else {
      throw FunctionError(
        .failed, "The key \(name) is not a valid list.", hint: "`convert=True` makes a list of what is there.")
    }
    guard !items.contains(value) else { return .string("The val \(value) was already in the list \(name)") }
    items += value.listValue ?? [value]
    let change = try GrainNesting.placing(.list(items), at: path, in: context.grains)
    return try store(change, isDestructive: false, context, "grains.append")
  }

  static let remove = Function(
    "grains.remove", "Takes a value out of a grain that is a list.",
    details: """
      Returns the grain as it is set, or a sentence when the value is not in the list. \
      Example: `brine run web1 grains.remove roles cache`.
      """,
    effect: .change, parameters: [key, .required("val", .any, "The value."), delimiter]
  ) { arguments, context in
    let name = arguments.string("key")
    let path = GrainPath(name, delimiter: arguments.string("delimiter"))
    guard var items = (path.value(in: context.grains) ?? []).listValue else {
      throw FunctionError(.failed, "The key \(name) is not a valid list.")
    }
    guard let index = items.firstIndex(of: arguments["val"]) else {
      return .string("The val \(arguments["val"]) was not in the list \(name)")
    }
    items.remove(at: index)
    let change = try GrainNesting.placing(.list(items), at: path, in: context.grains)
    return try store(change, isDestructive: false, context, "grains.remove")
  }

  static let deleteKey = Function(
    "grains.delkey", "Removes a grain from the minion's file of grains.",
    details: "Returns `{comment, changes, result}`. Example: `brine run web1 grains.delkey pool`.", effect: .change,
    parameters: [key, .optional("force", .bool, default: false, "Also when the grain is a list or a map.")]
  ) { arguments, context in
    try set(
      arguments.string("key"), .null, force: arguments.bool("force"), isDestructive: true, delimiter: ":", context,
      "grains.delkey")
  }

  static let deleteValue = Function(
    "grains.delval", "Sets a grain to null, or removes it.",
    details: "Returns `{comment, changes, result}`. Example: `brine run web1 grains.delval pool`.", effect: .change,
    parameters: [
      key, .optional("destructive", .bool, default: false, "Removes the key too."),
      .optional("force", .bool, default: false, "Also when the grain is a list or a map."),
    ]
  ) { arguments, context in
    try set(
      arguments.string("key"), .null, force: arguments.bool("force"), isDestructive: arguments.bool("destructive"),
      delimiter: ":", context, "grains.delval")
  }

  static let setNested = Function(
    "grains.set", "Sets a grain, nested ones too, and leaves lists and maps alone unless forced.",
    details: """
      Returns `{comment, changes, result}`; `result` is false when a list or a map stands in the way. \
      Example: `brine run web1 grains.set apps:shop:port 2209`.
      """,
    effect: .change,
    parameters: [
      key, .optional("val", .any, default: "", "The value."),
      .optional("force", .bool, default: false, "Replaces lists and maps."),
      .optional("destructive", .bool, default: false, "A null removes the key."), delimiter,
    ]
  ) { arguments, context in
    try set(
      arguments.string("key"), arguments["val"], force: arguments.bool("force"),
      isDestructive: arguments.bool("destructive"), delimiter: arguments.string("delimiter"), context, "grains.set")
  }

  private static func set(
    _ name: String, _ value: Value, force: Bool, isDestructive: Bool, delimiter: String, _ context: FunctionContext,
    _ function: String
  ) throws -> Value {
    let path = GrainPath(name, delimiter: delimiter)
    let present = path.value(in: context.grains)
    func outcome(_ comment: String, changes: Value = [:], result: Value = true) -> Value {
      ["comment": .string(comment), "changes": changes, "result": result]
    }
    if present == value, !(value.isNull && isDestructive) { return outcome("Grain is already set") }
    if let present, !present.isNull, !force {
      if present.listValue != nil || present.mapValue != nil {
        return outcome(
          "The key '\(name)' exists but is a dict or a list. Use 'force=True' to overwrite.", result: false)
      }
      if value.listValue != nil || value.mapValue != nil {
        return outcome(
          "The key '\(name)' exists and the given value is a dict or a list. Use 'force=True' to overwrite.",
          result: false)
      }
    }
    let change: ValueMap
    do {
      change = try GrainNesting.placing(
        value, at: path, in: context.grains, force: force, isRemoving: value.isNull && isDestructive)
    } catch {
      return outcome(error.message + " Use 'force=True' to overwrite.", result: false)
    }
    let stored = try store(change, isDestructive: isDestructive, context, function)
    return context.isTest
      ? outcome("The grain would be set", changes: stored, result: .null) : outcome("", changes: stored)
  }

  /// Writes grains to the file and returns them; under `test=True` it only returns them.
  private static func store(
    _ grains: ValueMap, isDestructive: Bool, _ context: FunctionContext, _ function: String
  ) throws -> Value {
    let file = try GrainsFile(context, for: function)
    if !context.isTest {
      try file.update(grains.map { ($0.description, $1.isNull && isDestructive ? nil : $1) })
    }
    return .map(grains)
  }
}
