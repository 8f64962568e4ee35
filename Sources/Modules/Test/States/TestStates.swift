public import Functions
import OrderedCollections
import Value

/// States `test.*`: results on demand, for trying out requisites and outputs.
public enum TestStates {
  public static let all: [StateFunction] = [
    plain("nop", "Does nothing and succeeds.", result: true, isCommenting: false),
    plain("succeed_without_changes", "Succeeds without changes.", result: true),
    plain("fail_without_changes", "Fails without changes.", result: false),
    changing("succeed_with_changes", "Succeeds and says that something changed.", result: true),
    changing("fail_with_changes", "Fails and says that something changed.", result: false),
    configurable, notification, checkPillar, watching,
  ]

  static let name = Parameter.required("name", .string, "Any text.")
  static let further = Parameter.keywords("kwargs", "`comment`, and whatever else; it is not used.")

  /// What the pretended change looks like.
  static let pretendedChange: ValueMap = [
    "testing": ["old": "Unchanged", "new": "Something pretended to change"]
  ]

  private static func plain(_ function: String, _ summary: String, result: Bool, isCommenting: Bool = true)
    -> StateFunction
  {
    StateFunction("test.\(function)", summary, parameters: [name, further], watch: watched) { arguments, context in
      if context.isTest, !result { return StateResult(false, "If we weren't testing, this would be a failure!") }
      let comment = isCommenting ? arguments.map("kwargs")["comment"].map(PythonText.str) : nil
      return StateResult(result, comment ?? (result ? "Success!" : "Failure!"))
    }
  }

  private static func changing(_ function: String, _ summary: String, result: Bool) -> StateFunction {
    StateFunction("test.\(function)", summary, parameters: [name, further], watch: watched) { arguments, context in
      if context.isTest {
        let outcome = result ? "successful" : "failed"
        return StateResult(
          nil, "If we weren't testing, this would be \(outcome) with changes", changes: pretendedChange)
      }
      let comment = arguments.map("kwargs")["comment"].map(PythonText.str)
      return StateResult(result, comment ?? (result ? "Success!" : "Failure!"), changes: pretendedChange)
    }
  }

  private static let notification = StateFunction(
    "test.show_notification", "Shows a text.",
    parameters: [name, .optional("text", .any, "The text."), further], watch: watched
  ) { arguments, _ in
    guard let text = arguments.optionalString("text"), !text.isEmpty else {
      throw FunctionError(.badArguments, "Missing required argument text.")
    }
    return StateResult(true, text)
  }
}
