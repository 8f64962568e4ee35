public import Functions
import OrderedCollections
import Value

/// States `debconf.*`: answers to the questions of Debian's packages. Passwords are never in a result.
public enum DebconfStates {
  public static let all: [StateFunction] = [set, setFile]

  private static let set = StateFunction(
    "debconf.set", "Has questions of a package answered.",
    details: """
      The package need not be installed yet. Changes are `{question: answer}`; of a password they say only `<redacted>`. \
      A question whose answer debconf did not take is `Failed to set!`.
      """,
    parameters: [
      .required("name", .string, "The package."),
      .required("data", .map, "`{question: {type: …, value: …}}`."),
      .keywords("kwargs", "Taken for compatibility and not used."),
    ]
  ) { arguments, context in
    do { return try await answer(arguments, context) } catch {
      return StateResult(false, (error as? FunctionError)?.description ?? String(describing: error))
    }
  }

  private static func answer(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let package = arguments.string("name")
    let answers = try arguments.map("data").map { question, entry in
      guard let type = entry["type"]?.description, let value = entry["value"] else {
        throw FunctionError(
          .badArguments, "The answer to \(question) needs 'type' and 'value'.",
          hint: "data: {package/question: {type: string, value: text}}")
      }
      return try DebconfAnswer(
        package, question.description, type: type,
        value: type == "boolean" ? truth(value) : text(value))
    }
    let database = try DebconfDatabase(context.functions)
    let current = try await database.current(package, answers.map(\.question))
    let unchanged = answers.filter { $0.isFulfilled(by: current[$0.question]) }
    let wrong = answers.filter { !$0.isFulfilled(by: current[$0.question]) }
    guard !wrong.isEmpty else { return StateResult(true, "All specified answers are already set") }
    var result = StateResult(
      true, unchanged.isEmpty ? "" : "Unchanged answers: " + unchanged.map { "\($0.question) " }.joined())
    guard !context.isTest else {
      result.result = nil
      for answer in wrong { result.changes[.string(answer.question)] = .string("New value: \(answer.shownValue)") }
      return result
    }
    try await database.set(wrong)
    let after = try await database.current(package, wrong.map(\.question))
    for answer in wrong {
      let isSet = answer.isFulfilled(by: after[answer.question])
      result.changes[.string(answer.question)] = .string(isSet ? answer.shownValue : "Failed to set!")
      guard !isSet else { continue }
      result.result = false
      result.comment = "Some settings failed to be applied."
    }
    return result
  }

  /// Salt takes Python's truth: a text that is not empty is true. `false` and `no` in quotes are meant as they say here.
  /// The choices of a `multiselect` may be a list.
  private static func text(_ value: Value) -> String {
    if let list = value.listValue { return list.map(text).joined(separator: ", ") }
    return value.isNull ? "" : value.description
  }

  private static func truth(_ value: Value) -> String {
    switch value {
    case .null: "false"
    case .bool(let truth): truth ? "true" : "false"
    case .int(let number): number == 0 ? "false" : "true"
    case .string(let text): text.isEmpty || AptRepositoryLine.truth(text) == false ? "false" : "true"
    default: "true"
    }
  }
}
