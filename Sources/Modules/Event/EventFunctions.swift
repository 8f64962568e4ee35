public import Functions
import OrderedCollections
import States
import Value

/// `event.*`: events for those who listen on the master (`brine events`).
public enum EventFunctions {
  public static let all: [Function] = [send, fireMaster, fire]

  private static let tag = Parameter.required(
    "tag", .string, "The event's tag: letters, digits, '.', '_', '-', and '/' between its parts.")
  private static let preload = Parameter.optional("preload", .any, "Taken for compatibility.")

  /// What an event can tell of the host beside its data.
  static let inclusions: [Parameter] = [
    .optional("with_env", .any, default: false, "True, or names: variables of the minion's environment."),
    .optional("with_grains", .any, default: false, "True, or names: grains."),
    .optional("with_pillar", .any, default: false, "Names of pillar values. True is refused: a pillar holds secrets."),
  ]

  static let send = Function(
    "event.send", "Sends an event to the master.",
    details: """
      Returns true. The master hands it to whoever watches events. Tags that look like the master's own are refused. \
      Without a master there is nobody to hear it, and it is a failure.

      Example: `brine run web1 event.send deploy/done '{version: 7}'`.
      """,
    effect: .inspect,
    parameters: [tag, .optional("data", .any, "A map of what the event says."), preload] + inclusions + [
      .optional("with_env_opts", .bool, default: false, "Tell `saltenv` and `pillarenv`."),
      .keywords("kwargs", "More of what the event says."),
    ]
  ) { arguments, context in
    let data = try await data(arguments, context)
    if !context.isTest { try await context.events.send(arguments.string("tag"), .map(data)) }
    return true
  }

  private static let fireMaster = Function(
    "event.fire_master", "Sends an event to the master.", details: "Returns true. It is `event.send` in an older form.",
    effect: .inspect, parameters: [.required("data", .any, "What the event says."), tag, preload]
  ) { arguments, context in
    if !context.isTest { try await context.events.send(arguments.string("tag"), arguments["data"]) }
    return true
  }

  private static let fire = Function(
    "event.fire", "Refused: a minion has no event bus of its own.",
    details: "Nothing on the host would hear it. `event.send` reaches the master.", effect: .read,
    parameters: [.required("data", .any, "What the event says."), tag]
  ) { _, _ in
    throw FunctionError(
      .unavailable, "A minion has no event bus of its own.", hint: "`event.send` sends to the master.")
  }

  private static func data(_ arguments: Arguments, _ context: FunctionContext) async throws -> ValueMap {
    var data: ValueMap = [:]
    if let names = try names(arguments["with_env"], "with_env") {
      let environment = ValueMap(uniqueKeysWithValues: ProcessVariables.all().map { (.string($0), .string($1)) })
      data["environ"] = .map(chosen(environment, names))
    }
    if let names = try names(arguments["with_grains"], "with_grains") {
      data["grains"] = .map(chosen(context.grains, names))
    }
    if let names = try names(arguments["with_pillar"], "with_pillar") {
      guard !names.isEmpty else {
        throw FunctionError(
          .badArguments, "with_pillar=True would send every secret of the pillar.",
          hint: "Name the values: with_pillar=[a, b].")
      }
      data["pillar"] = .map(chosen(try await MasterlessContext.prepare(context).pillar, names))
    }
    if arguments.bool("with_env_opts") {
      data["saltenv"] = context.options["saltenv"] ?? "base"
      data["pillarenv"] = context.options["pillarenv"] ?? .null
    }
    for (key, value) in arguments.map("kwargs") { data[key] = value }
    for (key, value) in arguments["data"].mapValue ?? [:] { data[key] = value }
    return data
  }

  /// Nil for none; empty for all.
  private static func names(_ value: Value, _ parameter: String) throws -> [Value]? {
    switch value {
    case .null, .bool(false): return nil
    case .bool(true): return []
    case .list(let items): return items.isEmpty ? nil : items
    default: throw FunctionError(.badArguments, "\(parameter)= is True, False or a list of names.")
    }
  }

  private static func chosen(_ map: ValueMap, _ names: [Value]) -> ValueMap {
    names.isEmpty ? map : map.filter { names.contains($0.key) }
  }
}
