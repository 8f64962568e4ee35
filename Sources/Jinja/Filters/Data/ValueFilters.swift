/// Values of any kind.
enum ValueFilters {
  static var all: [Filter] {
    [
      Filter(
        "default", "do_default", .optional("default_value", .string("")), .optional("boolean", .bool(false)),
        body: fallback),
      Filter(
        "d", "do_default", .optional("default_value", .string("")), .optional("boolean", .bool(false)), body: fallback),
      Filter("attr", "do_attr", hidden: 1, .required("name")) { value, given, evaluation in
        let name = try evaluation.text(given[0])
        guard let attribute = try attribute(name, of: evaluation.defined(value), evaluation) else {
          return evaluation.missing(name, of: value)
        }
        return attribute
      },
      Filter("method_call") { value, arguments, evaluation in
        guard let name = arguments.positional.first else {
          throw TemplateFailure(.operation, "method_call() missing 1 required positional argument: 'f_name'")
        }
        guard let method = try attribute(evaluation.text(name), of: evaluation.defined(value), evaluation) else {
          return .none
        }
        let rest = TemplateArguments(Array(arguments.positional.dropFirst()), named: arguments.named)
        return try evaluation.call(method, rest)
      },
      Filter("to_bool", "to_bool") { value, _, evaluation in .bool(try bool(value, evaluation)) },
    ]
  }

  private static func fallback(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    if value.isUndefined { return given[0] }
    return try evaluation.isTrue(given[1]) && !evaluation.isTrue(value) ? given[0] : value
  }

  /// An attribute in Python's sense: never an item.
  private static func attribute(
    _ name: String, of value: TemplateValue, _ evaluation: Evaluation
  ) throws -> TemplateValue? {
    switch value {
    case .object(let object): return try object.attribute(name)
    default:
      guard !Evaluation.isInternal(name) else { return nil }
      return BoundMethod.exists(name, on: value) ? try evaluation.attribute(name, of: value) : nil
    }
  }

  private static func bool(_ value: TemplateValue, _ evaluation: Evaluation) throws -> Bool {
    switch value {
    case .bool(let flag): flag
    case .string(let text), .markup(let text): ["yes", "1", "true"].contains(text.lowercased())
    case .int(let number): number > 0
    case .list(let list): !list.elements.isEmpty
    case .dict(let dict): !dict.entries.isEmpty
    case .object(let object as TemplateSet): object.isTrue
    // Salt asks only what Python cannot hash for its length.
    default: false
    }
  }
}
