import Functions
import OrderedCollections
import Value

extension TestStates {
  static let watching = StateFunction(
    "test.mod_watch", "What a state of this module does when something that it watches has changed.",
    parameters: [name, further]
  ) { arguments, context in try await watched(arguments, context) }

  /// Names the watched states that changed; `result`, `comment` and `changes` of the declaration replace what it says.
  @Sendable static func watched(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let declared = context.chunk
    var changes: ValueMap = ["Requisites with changes": .strings(changedRequisites(context))]
    if let given = declared["changes"] {
      guard let map = given.mapValue else { throw FunctionError(.failed, "'Changes' should be a dictionary.") }
      changes = map
    }
    let result = declared["result"]?.boolValue ?? true
    return StateResult(
      result, declared["comment"].map(PythonText.str) ?? "Watch statement fired.", changes: changes)
  }

  /// The engine leaves the chunks that were watched and changed in `__reqs__`.
  private static func changedRequisites(_ context: StateContext) -> [String] {
    let watched = context.chunk["__reqs__"]?["watch"]?.listValue ?? []
    return watched.compactMap { chunk in
      guard let state = chunk["state"], let id = chunk["__id__"] else { return nil }
      return "\(state): \(id)"
    }
  }
}
