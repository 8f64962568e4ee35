import Targeting
import Value

/// Salt's questions about texts.
enum TextCheckFilters {
  static var all: [Filter] {
    [
      Filter("contains_whitespace", "contains_whitespace") { value, _, evaluation in
        let found = try evaluation.elements(of: value).contains { element in
          try evaluation.string(element).unicodeScalars.allSatisfy(PythonText.isSpace)
        }
        return .bool(found)
      },
      Filter("is_hex", "is_hex") { value, _, _ in
        guard let text = value.stringValue else { return .bool(false) }
        return .bool(PythonNumber.integer(text, base: 16) != nil)
      },
      Filter("substring_in_list", "substr_in_list", .required("list_to_search")) { value, given, evaluation in
        .bool(try evaluation.elements(of: given[0]).contains { try evaluation.contains($0, value) })
      },
      Filter(
        "check_whitelist_blacklist", "check_whitelist_blacklist", .optional("whitelist"), .optional("blacklist")
      ) { value, given, evaluation in
        let allowed = try patterns(given[0], "whitelist", evaluation)
        let refused = try patterns(given[1], "blacklist", evaluation)
        let isRefused = try refused.contains { try matches(value, $0) }
        if isRefused { return .bool(false) }
        return .bool(try allowed.isEmpty || allowed.contains { try matches(value, $0) })
      },
    ]
  }

  private static func patterns(
    _ value: TemplateValue, _ name: String, _ evaluation: Evaluation
  ) throws -> [TemplateValue] {
    guard try evaluation.isTrue(value) else { return [] }
    if value.stringValue != nil { return [value] }
    switch value {
    case .int, .double, .bool:
      throw TemplateFailure(
        .operation, "Expecting iterable \(name), but got \(value.typeName) (\(try evaluation.text(value)))")
    default: return try evaluation.elements(of: value)
    }
  }

  /// A glob or, failing that, a regular expression for the whole text; a pattern that is none matches nothing.
  private static func matches(_ value: TemplateValue, _ pattern: TemplateValue) throws -> Bool {
    guard let text = value.stringValue, let pattern = pattern.stringValue else { return false }
    if FileNamePattern(pattern).matches(text) { return true }
    guard let expression = try? RegularExpression("\\A\(pattern)\\Z") else { return false }
    return try ExpressionFilters.failing { () throws(RegularExpressionError) in
      try expression.firstMatch(in: text, anchored: true) != nil
    }
  }
}
