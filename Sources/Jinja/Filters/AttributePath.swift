/// The `attribute` of filters: `a.b.0`, or a number.
struct AttributePath {
  private let keys: [TemplateValue]

  /// - Parameter value: none is the value itself.
  init(_ value: TemplateValue) {
    switch value {
    case .none: keys = []
    case .string(let text), .markup(let text): keys = Self.keys(text)
    default: keys = [value]
    }
  }

  private init(text: String) { keys = Self.keys(text) }

  /// Several, as `sort` takes them: `a.b,c`.
  static func paths(_ value: TemplateValue) -> [AttributePath] {
    guard let text = value.stringValue else { return [AttributePath(value)] }
    return text.split(separator: ",", omittingEmptySubsequences: false).map { AttributePath(text: String($0)) }
  }

  /// - Parameter defaultValue: stands for each part that is missing.
  func value(
    of element: TemplateValue, or defaultValue: TemplateValue = .none, _ evaluation: Evaluation
  ) throws -> TemplateValue {
    var value = element
    for key in keys {
      value = try evaluation.item(key, of: value)
      if case .undefined = value, !defaultValue.isNone { value = defaultValue }
    }
    return value
  }

  private static func keys(_ text: String) -> [TemplateValue] {
    text.split(separator: ".", omittingEmptySubsequences: false).map { part in
      let isNumber = !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return isNumber ? Int64(part).map(TemplateValue.int) ?? .string(String(part)) : .string(String(part))
    }
  }
}

extension TemplateValue {
  /// Without regard to case, as filters compare strings unless told otherwise.
  var ignoringCase: TemplateValue { stringValue.map { .string($0.lowercased()) } ?? self }
}
