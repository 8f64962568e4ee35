public import Functions
import OrderedCollections
import Value

/// `data.*`: a small store of values on the host.
public enum DataFunctions {
  public static let all: [Function] = reading + writing

  private static let key = Parameter.required("key", .any, "The name.")
  private static let fallback = Parameter.optional("default", .any, "What is given when there is none.")

  private static let reading: [Function] = [
    whole("data.load", "All values of the host's data store.") { .map($0) },
    whole("data.items", "All values of the host's data store.") { .map($0) },
    whole("data.keys", "The names in the host's data store.") { .list(Array($0.keys)) },
    whole("data.values", "The values in the host's data store, without their names.") { .list(Array($0.values)) },
    Function(
      "data.has_key", "Says whether the host's data store has a value.", effect: .inspect, parameters: [key]
    ) { arguments, context in .bool(try DataStore(context).read()[arguments["key"]] != nil) },
    Function(
      "data.get", "A value of the host's data store.",
      details: "A list of names gives a list of values. Example: `brine run web1 data.get stage`.", effect: .inspect,
      parameters: [key, fallback]
    ) { arguments, context in try get(arguments, context) },
    Function(
      "data.getval", "A value of the host's data store.", details: "The same as `data.get`.", effect: .inspect,
      parameters: [key, fallback]
    ) { arguments, context in try get(arguments, context) },
  ]

  private static let writing: [Function] = [
    Function("data.clear", "Empties the host's data store.", effect: .change) { _, context in
      if !context.isTest { try DataStore(context).clear() }
      return true
    },
    Function(
      "data.dump", "Replaces all of the host's data store.", effect: .change,
      parameters: [.required("new_data", .map, "Names and values.")]
    ) { arguments, context in
      if !context.isTest { try DataStore(context).write(arguments.map("new_data")) }
      return true
    },
    Function(
      "data.update", "Puts a value into the host's data store.",
      details: "Example: `brine run web1 data.update stage green`.", effect: .change,
      parameters: [key, .required("value", .any, "The value.")]
    ) { arguments, context in
      try change(context) { $0[arguments["key"]] = arguments["value"] }
      return true
    },
    Function(
      "data.cas", "Replaces a value of the host's data store if it still is the old one.",
      details: "Returns whether it was.", effect: .change,
      parameters: [key, .required("value", .any, "The new value."), .required("old_value", .any, "The old value.")]
    ) { arguments, context in
      guard try DataStore(context).read()[arguments["key"]] == arguments["old_value"] else { return false }
      try change(context) { $0[arguments["key"]] = arguments["value"] }
      return true
    },
    Function(
      "data.pop", "Takes a value out of the host's data store.", details: "Returns the value.", effect: .change,
      parameters: [key, fallback]
    ) { arguments, context in
      let value = try DataStore(context).read()[arguments["key"]]
      if value != nil { try change(context) { $0.removeValue(forKey: arguments["key"]) } }
      return value ?? arguments["default"]
    },
  ]

  private static func whole(
    _ name: String, _ summary: String, _ shape: @escaping @Sendable (ValueMap) -> Value
  ) -> Function {
    Function(name, summary, effect: .inspect) { _, context in shape(try DataStore(context).read()) }
  }

  private static func get(_ arguments: Arguments, _ context: FunctionContext) throws -> Value {
    let store = try DataStore(context).read()
    guard let names = arguments["key"].listValue else { return store[arguments["key"]] ?? arguments["default"] }
    let fallback = arguments["default"]
    return .list(names.compactMap { store[$0] ?? (fallback.isNull ? nil : fallback) })
  }

  private static func change(_ context: FunctionContext, _ edit: (inout ValueMap) -> Void) throws {
    guard !context.isTest else { return }
    let store = try DataStore(context)
    var values = try store.read()
    edit(&values)
    try store.write(values)
  }
}
