public import Functions
import OrderedCollections
import States
import Value

/// `state.*`: applies SLS trees to this host, and shows them, with Salt's names, arguments and returns.
public enum StateFunctions {
  public static let all: [Function] = runs + parts + shows + questions + switches

  // MARK: Parameters that several functions share

  static let sls = Parameter.required(
    "mods", .stringList, "SLS by their dotted names, a list or joined by commas; globs are allowed.")
  static let test = Parameter.optional(
    "test", .bool, "True: say what would change, change nothing. Without it the job and the configuration decide.")
  static let pillar = Parameter.optional("pillar", .map, "Merged over the host's pillar for this run.")
  static let exclude = Parameter.optional(
    "exclude", .any, "SLS to leave out, joined by commas, or a list of names and of `{id: …}` and `{sls: …}`.")
  static let environment = Parameter.optional("saltenv", .string, "The file environment; `base` where none is given.")
  static let pillarEnvironment = Parameter.optional("pillarenv", .string, "The one pillar environment that counts.")

  /// Of everything that runs states.
  static let running: [Parameter] = [
    .optional(
      "queue", .any, default: true,
      "False: give up at once while another state run is under way on the host. Otherwise it is waited for."),
    .optional(
      "concurrent", .bool, default: false, "Run beside other state runs. What they do to one another is yours."),
    .optional("force", .bool, default: false, "Run though the pillar has errors."),
    .optional("terse", .bool, default: false, "Leave out states that are as they should be."),
    .optional("sync_mods", .any, "Taken for compatibility; there is nothing to synchronize."),
    .optional("state_events", .bool, "Taken for compatibility; progress is always told."),
    .optional("cache", .bool, "Taken for compatibility; the tree is always read."),
    .optional("cache_name", .string, "Taken for compatibility."),
    .optional("orchestration_jid", .any, "Taken for compatibility."),
  ]

  /// Of everything that reads a tree.
  static let reading: [Parameter] = [pillar, environment, pillarEnvironment]

  static let returned = """
    Returns `{"module_|-id_|-name_|-function": {name, result, changes, comment, __sls__, __id__, __run_num__, \
    start_time, duration}}` in the order of execution. `result` is null where test mode would change something. \
    The exit code is 2 when a state failed. A tree that cannot be compiled is a list of sentences and exit code 1; \
    nothing is done then.

    One state run at a time is under way on a host; later ones wait, and say for whom.
    """

  /// The request that the arguments make.
  static func request(_ arguments: Arguments, _ names: Set<String>) throws -> StateRequest {
    var request = StateRequest()
    func has(_ name: String) -> Bool { names.contains(name) && arguments.isGiven(name) }
    if has("test") { request.isTest = arguments.bool("test") }
    if has("pillar") { request.pillar = arguments.map("pillar") }
    if has("saltenv") { request.environment = arguments.string("saltenv") }
    if has("pillarenv") { request.pillarEnvironment = arguments.string("pillarenv") }
    if has("exclude") { request.exclude = exclusions(arguments["exclude"]) }
    if has("whitelist") { request.whitelist = arguments.strings("whitelist") }
    if has("queue") { request.isWaiting = arguments["queue"] != false && arguments["queue"] != "False" }
    if has("concurrent") { request.isConcurrent = arguments.bool("concurrent") }
    if has("force") { request.isForced = arguments.bool("force") }
    if has("terse") { request.isTerse = arguments.bool("terse") }
    return request
  }

  private static func exclusions(_ value: Value) -> [Value] {
    guard case .string(let text) = value else { return value.listValue ?? [value] }
    return text.split(separator: ",").map { .string($0.filter { !$0.isWhitespace }) }
  }

  /// A function on the engine.
  static func function(
    _ name: String, _ summary: String, details: String, effect: FunctionEffect, parameters: [Parameter],
    body: @escaping @Sendable (Arguments, StateEngine) async throws -> Value
  ) -> Function {
    let names = Set(parameters.map(\.name))
    return Function(name, summary, details: details, effect: effect, parameters: parameters) { arguments, context in
      if let answer = refusal(name, arguments, context) {
        context.reportExitCode(1)
        return answer
      }
      let engine = try await StateEngine(context, try request(arguments, names), function: name)
      return try await body(arguments, engine)
    }
  }
}
