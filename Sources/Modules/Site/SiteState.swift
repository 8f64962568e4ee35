import Functions
import OrderedCollections
import Value

/// A state that a site adds: a program that makes something so and says what it did.
///
/// It gets `{"state": …, "name": …, "arguments": {…}, "grains": {…}, "test": …, "watch": …}` and prints Salt's return of
/// a state: `{"result": true, "changes": {…}, "comment": "…"}`.
enum SiteState {
  private static let fields: Set<String> = ["state", "summary", "details", "parameters", "test", "watch"]
  private static let answers: Set<String> = ["name", "result", "changes", "comment", "warnings"]
  private static let countLimit = 100
  private static let commentLimit = 64 << 10

  /// The states of one description.
  static func all(_ description: Value, path: String) throws(FunctionError) -> [StateFunction] {
    guard let map = description.mapValue, map.count == 1, let items = description["states"]?.listValue,
      (1...countLimit).contains(items.count)
    else { throw SiteSignature.wrong("states: is a list of maps, and stands alone") }
    var states: [StateFunction] = []
    for item in items { states.append(try state(item, path)) }
    return states
  }

  private static func state(_ value: Value, _ path: String) throws(FunctionError) -> StateFunction {
    guard let map = value.mapValue else { throw SiteSignature.wrong("each of states: is a map") }
    for key in map.keys where !fields.contains(key.description) {
      throw SiteSignature.wrong("a state has no field '\(key)'")
    }
    guard let name = map["state"]?.stringValue, SiteSignature.isName(name) else {
      throw SiteSignature.wrong(
        "state: must be two words of letters, digits and _ with a dot between, such as site.vhost")
    }
    guard let summary = map["summary"]?.stringValue, !summary.isEmpty else {
      throw SiteSignature.wrong("\(name) has no summary:")
    }
    for key in ["test", "watch"] where map[key] != nil && map[key]?.boolValue == nil {
      throw SiteSignature.wrong("\(key): of \(name) is true or false")
    }
    var parameters = try SiteSignature.parameters(map["parameters"])
    if !parameters.contains(where: { $0.name == "name" }) {
      parameters.insert(.required("name", .string, "What it is about; the id unless given."), at: 0)
    }
    let (signature, heedsTest) = (parameters, map["test"] == true)
    let run = { @Sendable (arguments: Arguments, context: StateContext, isWatch: Bool) async throws -> StateResult in
      guard !context.isTest || heedsTest else {
        return StateResult(
          nil, "\(name) would be run; its program has no test mode, so what it would change is unknown")
      }
      return try await answer(name, path, signature, arguments, context, isWatch)
    }
    let watched: StateFunction.Body = { try await run($0, $1, true) }
    let watch = map["watch"] == true ? watched : nil
    return StateFunction(
      name, summary, details: map["details"]?.stringValue ?? "", parameters: parameters, watch: watch
    ) { try await run($0, $1, false) }
  }

  private static func answer(
    _ name: String, _ path: String, _ parameters: [Parameter], _ arguments: Arguments, _ context: StateContext,
    _ isWatch: Bool
  ) async throws -> StateResult {
    let functions = context.functions
    try SiteFunctions.checkAgain(path, name, functions)
    var bound: ValueMap = [:]
    for parameter in parameters where parameter.name != "name" { bound[parameter.name] = arguments[parameter.name] }
    let request: Value = [
      "state": .string(name), "name": arguments["name"], "arguments": .map(bound), "grains": .map(functions.grains),
      "test": .bool(context.isTest), "watch": .bool(isWatch),
    ]
    do {
      return try result(
        await SiteProgram(name: name, path: path).answer(to: request, functions), name, context)
    } catch let error as FunctionError {
      return StateResult(false, error.description)
    }
  }

  /// Salt's return, read strictly: what a program gets wrong must not look like success.
  private static func result(_ value: Value, _ name: String, _ context: StateContext) throws -> StateResult {
    func wrong(_ reason: String) -> FunctionError {
      FunctionError(.failed, "\(name) gave no return of a state: \(reason)")
    }
    guard let map = value.mapValue else { throw wrong("it is \(value.kindName), not a map") }
    for key in map.keys where !answers.contains(key.description) { throw wrong("there is no '\(key)' in one") }
    guard let given = map["result"] else { throw wrong("'result' is missing") }
    guard given.isNull || given.boolValue != nil else { throw wrong("'result' is true, false or null") }
    guard !given.isNull || context.isTest else { throw wrong("'result' is null, though it is no test") }
    let changes = map["changes"] ?? [:]
    guard let changes = changes.mapValue else { throw wrong("'changes' is \(changes.kindName), not a map") }
    let comment =
      map["comment"].map { $0.listValue?.map(\.description).joined(separator: "\n") ?? $0.description } ?? ""
    guard comment.utf8.count <= commentLimit else { throw wrong("'comment' is longer than \(commentLimit) bytes") }
    return StateResult(
      given.boolValue, comment, changes: changes,
      warnings: map["warnings"]?.listValue?.prefix(100).map(\.description) ?? [])
  }
}
