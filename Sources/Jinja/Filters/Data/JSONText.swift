import Value

/// Python's `json.dumps`.
struct JSONText {
  var indent: String?
  var sortsKeys = false
  var isASCII = false
  var itemSeparator: String
  var keySeparator = ": "
  private var output = ""
  private let evaluation: Evaluation

  init(indent: String? = nil, _ evaluation: Evaluation) {
    self.indent = indent
    self.evaluation = evaluation
    itemSeparator = indent == nil ? ", " : ","
  }

  /// - Parameter value: none, a count of spaces, or the text itself.
  static func indent(_ value: TemplateValue, _ evaluation: Evaluation) throws -> String? {
    if value.isNone { return nil }
    if let text = value.stringValue { return text }
    let count = try evaluation.integer(value)
    guard count <= 1000 else { throw TemplateFailure(.limit, "an indent of \(count) is too much") }
    return String(repeating: " ", count: max(count, 0))
  }

  /// - Throws: for what JSON cannot say, as Python does.
  mutating func text(_ value: TemplateValue) throws -> String {
    output = ""
    try append(value, depth: 0)
    return output
  }

  private mutating func append(_ value: TemplateValue, depth: Int) throws {
    guard depth < 100 else {
      throw TemplateFailure(.limit, "Circular reference detected: lists or dicts stand more than 100 levels deep")
    }
    try evaluation.charge()
    switch value {
    case .none: output += "null"
    case .bool(let flag): output += flag ? "true" : "false"
    case .int(let number): output += String(number)
    case .double(let number): output += PythonText.json(number)
    case .string(let text), .markup(let text): try append(quoting: text)
    case .list(let list): try append(list.elements, depth: depth)
    case .tuple(let elements): try append(elements, depth: depth)
    case .dict(let dict): try append(dict, depth: depth)
    case .object(let object as ElementGroup): try append(object.pair, depth: depth)
    case .undefined(let undefined) where !undefined.isLenient: throw undefined.failure
    default:
      throw TemplateFailure(.operation, "Object of type \(value.typeName) is not JSON serializable")
    }
  }

  private mutating func append(_ elements: [TemplateValue], depth: Int) throws {
    guard !elements.isEmpty else { return output += "[]" }
    output += "["
    for (index, element) in elements.enumerated() {
      if index > 0 { output += itemSeparator }
      breakLine(depth + 1)
      try append(element, depth: depth + 1)
    }
    breakLine(depth)
    output += "]"
  }

  private mutating func append(_ dict: TemplateDict, depth: Int) throws {
    guard !dict.entries.isEmpty else { return output += "{}" }
    var entries = dict.entries.map { (key: $0.key, value: $0.value) }
    if sortsKeys { entries = try evaluation.sorted(entries) { $0.key.value } }
    output += "{"
    for (index, entry) in entries.enumerated() {
      if index > 0 { output += itemSeparator }
      breakLine(depth + 1)
      try append(quoting: Self.text(of: entry.key))
      output += keySeparator
      try append(entry.value, depth: depth + 1)
    }
    breakLine(depth)
    output += "}"
  }

  private mutating func breakLine(_ depth: Int) {
    guard let indent else { return }
    output += "\n" + String(repeating: indent, count: depth)
  }

  private static func text(of key: TemplateKey) throws -> String {
    switch key {
    case .string(let text): return text
    case .none: return "null"
    case .int(let number, let isBool): return isBool ? (number == 0 ? "false" : "true") : String(number)
    case .double(let double): return PythonText.json(double)
    case .bytes, .tuple:
      throw TemplateFailure(
        .operation, "keys must be str, int, float, bool or None, not \(key.value.typeName)")
    }
  }

  private mutating func append(quoting text: String) throws {
    try evaluation.claim(bytes: text.utf8.count)
    PythonText.append(json: text, isASCII: isASCII, to: &output)
  }
}
