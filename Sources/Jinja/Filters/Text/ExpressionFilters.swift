import Targeting

/// Salt's filters on regular expressions.
enum ExpressionFilters {
  static var all: [Filter] {
    [
      Filter(
        "regex_search", "regex_search", .required("rgx"), .optional("ignorecase", .bool(false)),
        .optional("multiline", .bool(false))
      ) { value, given, evaluation in try groups(of: value, given, evaluation, anchored: false) },
      Filter(
        "regex_match", "regex_match", .required("rgx"), .optional("ignorecase", .bool(false)),
        .optional("multiline", .bool(false))
      ) { value, given, evaluation in try groups(of: value, given, evaluation, anchored: true) },
      Filter(
        "regex_replace", "regex_replace", .required("rgx"), .required("val"), .optional("ignorecase", .bool(false)),
        .optional("multiline", .bool(false))
      ) { value, given, evaluation in
        let text = try evaluation.string(value)
        let expression = try expression(given[0], given[2], given[3], evaluation)
        let template = try evaluation.string(given[1])
        let output = try failing { () throws(RegularExpressionError) in
          try expression.replacing(in: text, with: template).text
        }
        try evaluation.claim(bytes: output.utf8.count)
        return .string(output)
      },
      Filter("regex_escape", "regex_escape") { value, _, evaluation in
        .string(RegularExpression.escaped(try evaluation.string(evaluation.defined(value))))
      },
    ]
  }

  /// Whether a pattern matches at the start of a text: the test `match`.
  static func matches(_ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation) throws -> Bool {
    let text = try evaluation.string(value)
    let expression = try expression(given[0], given[1], given[2], evaluation)
    return try failing { () throws(RegularExpressionError) in
      try expression.firstMatch(in: text, anchored: true) != nil
    }
  }

  /// Runs what may throw an expression's error, which becomes a template's.
  static func failing<Result>(_ body: () throws(RegularExpressionError) -> Result) throws -> Result {
    do throws(RegularExpressionError) {
      return try body()
    } catch {
      throw TemplateFailure(error.code == .limit ? .limit : .operation, error.description)
    }
  }

  /// The groups as a tuple, or the whole match in one when there are no groups; none when nothing matches.
  private static func groups(
    of value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation, anchored: Bool
  ) throws -> TemplateValue {
    let text = try evaluation.string(value)
    let expression = try expression(given[0], given[1], given[2], evaluation)
    let match = try failing { () throws(RegularExpressionError) in
      try expression.firstMatch(in: text, anchored: anchored)
    }
    guard let match else { return .none }
    guard expression.groupCount > 0 else { return .tuple([.string(String(match.text))]) }
    return .tuple((1...expression.groupCount).map { match[$0].map { .string(String($0)) } ?? .none })
  }

  private static func expression(
    _ pattern: TemplateValue, _ ignoresCase: TemplateValue, _ isMultiline: TemplateValue, _ evaluation: Evaluation
  ) throws -> RegularExpression {
    var options: RegularExpression.Options = []
    if try evaluation.isTrue(ignoresCase) { options.insert(.ignoreCase) }
    if try evaluation.isTrue(isMultiline) { options.insert(.multiline) }
    let pattern = try evaluation.string(evaluation.defined(pattern))
    let final = options
    return try failing { () throws(RegularExpressionError) in try RegularExpression(pattern, options: final) }
  }
}
