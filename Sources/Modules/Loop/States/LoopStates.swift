public import Functions
import OrderedCollections
import Value

/// States `loop.*`.
public enum LoopStates {
  public static let all: [StateFunction] = [until, untilNoEval]

  private static let name = Parameter.required("name", .string, "An execution function.")
  private static let period = Parameter.optional("period", .any, default: 1, "Seconds between two calls.")
  private static let timeout = Parameter.optional("timeout", .any, default: 60, "Seconds until it is given up.")

  private static let until = StateFunction(
    "loop.until", "Calls a function until a condition holds.",
    details: "The condition is an expression of Jinja on `m_ret`, what the function returned, such as "
      + "`m_ret == 'done'`, `m_ret['retcode'] == 0` or `'up' in m_ret`; it is never run as Python.",
    parameters: [
      name, .optional("m_args", .list, "Arguments by position."), .optional("m_kwargs", .map, "Arguments by name."),
      .optional("condition", .string, "The condition."), period, timeout,
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    guard context.functions.registry[name] != nil else { return StateResult(false, "Cannot find module \(name)") }
    guard let condition = arguments.optionalString("condition") else {
      return StateResult(false, "An exit condition must be specified")
    }
    if let problem = problem(arguments) { return problem }
    if context.isTest { return StateResult(nil, "The execution module \(name) will be run") }
    let call = CallArguments(arguments.list("m_args"), named: arguments.map("m_kwargs"))
    do {
      let attempts = try await attempts(name, call, arguments, context) { value in
        try await context.functions.templates.render(
          "{{ (\(inJinja(condition))) | to_bool }}", engine: "jinja", file: "condition",
          environment: context.environment, sls: context.sls, variables: ["m_ret": value], context: context.functions
        ).trimmed() == "True"
      }
      return attempts.isMet
        ? StateResult(true, "Condition \(condition) was met")
        : StateResult(false, "Timed out while waiting for condition \(condition)")
    } catch { return StateResult(failed: error) }
  }

  private static let untilNoEval = StateFunction(
    "loop.until_no_eval", "Calls a function until it returns what is expected.",
    parameters: [
      name, .required("expected", .any, "What it is to return."),
      .optional(
        "compare_operator", .string, default: "eq",
        "How the two are compared: eq, ne, lt, le, gt, ge, contains, or a function of two arguments such as "
          + "`match.glob`."),
      timeout, period, .optional("init_wait", .number, default: 0, "Seconds before the first call."),
      .optional("args", .list, "Arguments by position."), .optional("kwargs", .map, "Arguments by name."),
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    let (comparison, expected) = (arguments.string("compare_operator"), arguments["expected"])
    let registry = context.functions.registry
    guard registry[name] != nil else { return StateResult(false, "Module.function \"\(name)\" is unavailable.") }
    if let problem = problem(arguments) { return problem }
    if context.isTest {
      return StateResult(nil, "Would have waited for \"\(name)\" to produce \"\(PythonText.str(expected))\".")
    }
    guard operators[comparison] != nil || registry[comparison] != nil else {
      return StateResult(false, "Invalid operator \"\(comparison)\" supplied.")
    }
    if let wait = arguments.double("init_wait"), (0.001..<1e6).contains(wait) {
      try await Task.sleep(for: .milliseconds(Int(wait * 1000)))
    }
    let call = CallArguments(arguments.list("args"), named: arguments.map("kwargs"))
    do {
      let attempts = try await attempts(name, call, arguments, context) { value in
        if let compare = operators[comparison] { return compare(value, expected) }
        let answer = try await registry.call(
          comparison, CallArguments([value, expected]), ModuleStates.functionContext(context))
        return ![.null, false, 0, "", .list([]), .map([:])].contains(answer)
      }
      return attempts.isMet
        ? StateResult(true, "Call provided the expected results in \(attempts.count) attempts")
        : StateResult(false, "Call did not produce the expected result after \(attempts.count) attempts")
    } catch { return StateResult(failed: error, "Exception occurred while executing \(name): ") }
  }

  private static let operators: [String: @Sendable (Value, Value) -> Bool] = [
    "eq": { $0 == $1 }, "ne": { $0 != $1 }, "contains": contains, "lt": { isOrdered($0, $1) { $0 < 0 } },
    "le": { isOrdered($0, $1) { $0 <= 0 } }, "gt": { isOrdered($0, $1) { $0 > 0 } },
    "ge": { isOrdered($0, $1) { $0 >= 0 } },
  ]

  @Sendable private static func contains(_ value: Value, _ item: Value) -> Bool {
    if let list = value.listValue { return list.contains(item) }
    if let map = value.mapValue { return map[item] != nil }
    return value.stringValue.map { $0.contains(item.description) } ?? false
  }

  private static func isOrdered(_ one: Value, _ two: Value, _ isFine: (Int) -> Bool) -> Bool {
    if let one = one.doubleValue, let two = two.doubleValue { return isFine(one < two ? -1 : one > two ? 1 : 0) }
    guard let one = one.stringValue, let two = two.stringValue else { return false }
    return isFine(one < two ? -1 : one > two ? 1 : 0)
  }

  private static func problem(_ arguments: Arguments) -> StateResult? {
    for (name, word) in [("period", "Period"), ("timeout", "Timeout")] where arguments.double(name) == nil {
      return StateResult(false, "\(word) must be specified as a float in seconds")
    }
    return nil
  }

  private static func attempts(
    _ name: String, _ call: CallArguments, _ arguments: Arguments, _ context: StateContext,
    _ isMet: (Value) async throws -> Bool
  ) async throws -> (count: Int, isMet: Bool) {
    let functions = ModuleStates.functionContext(context)
    let seconds = min(max(0, arguments.double("timeout") ?? 60), 1e8)
    let period = min(max(0.01, arguments.double("period") ?? 1), 1e6)
    let deadline = ContinuousClock.now + .milliseconds(Int(seconds * 1000))
    var count = 0
    while ContinuousClock.now < deadline {
      count += 1
      if try await isMet(functions.registry.call(name, call, functions)) { return (count, true) }
      try await Task.sleep(for: .milliseconds(Int(period * 1000)))
    }
    return (count, false)
  }

  /// Python's `is True` and the like in words that Jinja has.
  private static func inJinja(_ condition: String) -> String {
    var words = condition.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for index in words.indices where words[index] == "is" {
      let next = index + 1 < words.count && words[index + 1] == "not" ? index + 2 : index + 1
      guard next < words.count, ["True", "False", "None"].contains(words[next]) else { continue }
      words[index] = next == index + 2 ? "!=" : "=="
      if next == index + 2 { words[index + 1] = "" }
    }
    return words.joined(separator: " ")
  }
}
