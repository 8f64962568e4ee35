import Functions
import OrderedCollections
import Value

extension TestStates {
  static let configurable = StateFunction(
    "test.configurable_test_state", "Gives the result and the changes that it is told to.",
    details: "In test mode the result is null, or true where there are no changes, unless a failure is allowed.",
    parameters: [
      name, .optional("changes", .any, default: true, "True, False or `Random`."),
      .optional("result", .any, default: true, "True, False or `Random`."),
      .optional("comment", .string, default: "", "The comment."),
      .optional("warnings", .any, "A warning, or a list of them."),
      .optional("allow_test_mode_failure", .bool, default: false, "Lets `result: False` count in test mode."),
    ], watch: watched
  ) { arguments, context in
    let isChanging = try choice(arguments["changes"], "changes")
    let isSuccess = try choice(arguments["result"], "result")
    var state = StateResult(
      isSuccess, arguments.string("comment"), changes: isChanging ? pretendedChange : [:],
      warnings: try warnings(arguments["warnings"]))
    guard context.isTest else { return state }
    if !(arguments.bool("allow_test_mode_failure") && arguments["result"] == false) {
      state.result = arguments["changes"] == false ? true : nil
    }
    if state.comment.isEmpty { state.comment = "This is a test" }
    return state
  }

  private static func choice(_ value: Value, _ option: String) throws -> Bool {
    if let answer = value.boolValue { return answer }
    if value.description.lowercased() == "random" { return Bool.random() }
    throw FunctionError(
      .badArguments,
      "You have specified the state option '\(option)' with invalid arguments. It must be either True, False, or 'Random'"
    )
  }

  private static func warnings(_ value: Value) throws -> [String] {
    switch value {
    case .null: return []
    case .string(let text): return [text]
    case .list(let items): return items.map(\.description)
    default:
      throw FunctionError(
        .badArguments,
        "You have specified the state option 'warnings' with invalid arguments. It must be a string or a list of strings"
      )
    }
  }
}
