public import Functions
import OrderedCollections
import Value

/// States `event.*`: an event for those who listen on the master.
public enum EventStates {
  public static let all: [StateFunction] = [
    StateFunction(
      "event.send", "Sends an event to the master.", details: details, parameters: parameters, watch: sent, body: sent),
    StateFunction(
      "event.fire_master", "Sends an event to the master.", details: details, parameters: parameters, watch: sent,
      body: sent),
    StateFunction(
      "event.wait", "Sends an event to the master when something that it watches has changed.",
      parameters: parameters, watch: sent
    ) { _, _ in StateResult(true, "") },
  ]

  private static let details = """
    Every run sends it, and counts as a change: use `event.wait` with `watch`, or `onchanges`, for one that says that \
    something was done. `changes` are `{tag, data}`.
    """

  private static let parameters: [Parameter] =
    [
      .required("name", .string, "The event's tag."), .optional("data", .any, "A map of what the event says."),
      .optional("preload", .any, "Taken for compatibility."),
    ] + EventFunctions.inclusions + [
      .optional("show_changed", .bool, default: true, "False gives no changes."),
      .keywords("kwargs", "More of what the event says."),
    ]

  @Sendable private static func sent(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let changes: ValueMap =
      arguments.bool("show_changed") ? ["tag": arguments["name"], "data": arguments["data"]] : [:]
    guard !context.isTest else { return StateResult(nil, "Event would have been fired", changes: changes) }
    var call = CallArguments([arguments["name"]], named: arguments.map("kwargs"))
    for word in ["data", "with_env", "with_grains", "with_pillar"] { call.named[word] = arguments[word] }
    do {
      _ = try await EventFunctions.send.body(
        Arguments(binding: call, to: EventFunctions.send.signature), context.functions)
      return StateResult(true, "Event fired", changes: changes)
    } catch let error as FunctionError {
      return StateResult(false, "Event not fired: \(error.description)")
    }
  }
}
