public import Functions
import OrderedCollections
import Value

/// States `module.*`: calls of execution functions.
public enum ModuleStates {
  public static let all: [StateFunction] = [run, waiting("module.wait"), waiting("module.watch")]

  private static let parameters: [Parameter] = [
    .required("name", .any, "The function, where its arguments stand beside it; else any text."),
    .keywords("kwargs", "Functions with their arguments, or the arguments of the function that is the name."),
  ]

  private static let run = StateFunction(
    "module.run", "Calls execution functions.",
    details: """
      Either functions are words of the state, each with a list of its arguments (those by name as maps): changes are then \
      `{function: what it returned}`. Or the name is the function and the words are its arguments by name, with `m_` before \
      `name`, `names`, `fun`, `state` and `saltenv`: changes are `{ret: what it returned}`. What returns False, or a map \
      with `result: False` or a `retcode` other than 0, is a failure.
      """,
    parameters: parameters, watch: called
  ) { arguments, context in try await called(arguments, context) }

  private static func waiting(_ function: String) -> StateFunction {
    StateFunction(
      function, "Calls execution functions when something that it watches has changed.", parameters: parameters,
      watch: called
    ) { _, _ in StateResult(true, "") }
  }

  @Sendable private static func called(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    var words = arguments.map("kwargs")
    for word in ["name", "__reqs__", "sfun"] { words.removeValue(forKey: .string(word)) }
    let isNamed = !words.isEmpty && words.keys.allSatisfy { $0.description.contains(".") }
    return isNamed
      ? try await FunctionCalls(words, context).run()
      : try await NamedFunctionCall(arguments["name"].description, words, context).run()
  }

  /// The context of a function that a state calls: it is not in test mode, and its exit code is the state's affair.
  static func functionContext(_ context: StateContext) -> FunctionContext {
    nested(context.functions)
  }

  static func nested(_ context: FunctionContext) -> FunctionContext {
    var functions = context
    functions.reportExitCode = { _ in }
    functions.isNested = true
    return functions
  }

  /// Whether what a function returned counts as success.
  static func isSuccess(_ value: Value) -> Bool {
    switch value {
    case .bool(let answer): answer
    case .map(let map): isSuccess(map)
    default: true
    }
  }

  private static func isSuccess(_ map: ValueMap) -> Bool {
    for (key, value) in map {
      if key == "result", value == false { return false }
      if key == "retcode", value != 0 { return false }
      if let inner = value.mapValue, !isSuccess(inner) { return false }
    }
    return true
  }

  static func reason(_ error: any Error) -> String {
    (error as? FunctionError)?.description ?? String(describing: error)
  }
}
