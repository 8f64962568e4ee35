import Value

/// Python's `pprint.pformat`: one line when it fits 80 columns, else one element a line; keys of dicts sorted.
struct PrettyText {
  private var output = ""
  private let evaluation: Evaluation
  private static let width = 80

  static func text(_ value: TemplateValue, _ evaluation: Evaluation) throws -> String {
    var writer = PrettyText(evaluation: evaluation)
    try writer.append(try Self.sorted(value, depth: 0, evaluation), indent: 0, allowance: 0, isTop: true)
    return writer.output
  }

  private init(evaluation: Evaluation) { self.evaluation = evaluation }

  private static func sorted(
    _ value: TemplateValue, depth: Int, _ evaluation: Evaluation
  ) throws -> TemplateValue {
    guard depth < 100 else { throw TemplateFailure(.limit, "lists or dicts stand more than 100 levels deep") }
    try evaluation.charge()
    switch value {
    case .list(let list):
      return .list(TemplateList(try list.elements.map { try sorted($0, depth: depth + 1, evaluation) }))
    case .tuple(let elements): return .tuple(try elements.map { try sorted($0, depth: depth + 1, evaluation) })
    case .dict(let dict):
      let output = TemplateDict()
      for (key, value) in dict.entries.sorted(by: { isBefore($0.key, $1.key) }) {
        output.entries[key] = try sorted(value, depth: depth + 1, evaluation)
      }
      return .dict(output)
    default: return value
    }
  }

  /// What Python cannot compare stands in the order of the types' names.
  private static func isBefore(_ left: TemplateKey, _ right: TemplateKey) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): left < right
    case (.int(let left, _), .int(let right, _)): left < right
    case (.double(let left), .double(let right)): left < right
    case (.int(let left, _), .double(let right)): Double(left) < right
    case (.double(let left), .int(let right, _)): left < Double(right)
    default: "<class '\(left.value.typeName)'>" < "<class '\(right.value.typeName)'>"
    }
  }

  private mutating func append(_ value: TemplateValue, indent: Int, allowance: Int, isTop: Bool) throws {
    try evaluation.charge()
    let line = try evaluation.representation(value)
    guard line.unicodeScalars.count > Self.width - indent - allowance else {
      output += line
      return
    }
    switch value {
    case .dict(let dict) where !dict.entries.isEmpty:
      output += "{"
      for (index, (key, value)) in dict.entries.enumerated() {
        if index > 0 { breakLine(indent: indent + 1) }
        let name = try evaluation.representation(key.value)
        output += name + ": "
        let isLast = index == dict.entries.count - 1
        try append(
          value, indent: indent + name.unicodeScalars.count + 3, allowance: isLast ? allowance + 1 : 1, isTop: false)
      }
      output += "}"
    case .list(let list): try append(list.elements, "[", "]", indent: indent, allowance: allowance)
    case .tuple(let elements):
      try append(elements, "(", elements.count == 1 ? ",)" : ")", indent: indent, allowance: allowance)
    case .string(let text): append(text: text, indent: indent, allowance: allowance, isTop: isTop)
    default: output += line
    }
  }

  private mutating func append(
    _ elements: [TemplateValue], _ start: String, _ end: String, indent: Int, allowance: Int
  ) throws {
    output += start
    for (index, element) in elements.enumerated() {
      if index > 0 { breakLine(indent: indent + 1) }
      let isLast = index == elements.count - 1
      try append(element, indent: indent + 1, allowance: isLast ? allowance + end.utf8.count : 1, isTop: false)
    }
    output += end
  }

  private mutating func breakLine(indent: Int) { output += ",\n" + String(repeating: " ", count: indent) }

  /// A long string: pieces side by side, each on its line.
  private mutating func append(text: String, indent: Int, allowance: Int, isTop: Bool) {
    let indent = isTop ? indent + 1 : indent
    let allowance = isTop ? allowance + 1 : allowance
    var pieces: [String] = []
    let lines = PythonLines.lines(text, keepingEnds: true)
    for (index, line) in lines.enumerated() {
      let isLast = index == lines.count - 1
      let room = Self.width - indent - (isLast ? allowance : 0)
      let quoted = PythonText.quoted(line)
      guard quoted.unicodeScalars.count > room else {
        pieces.append(quoted)
        continue
      }
      let words = Self.words(line)
      var current = ""
      for (number, word) in words.enumerated() {
        let isEnd = isLast && number == words.count - 1
        let width = Self.width - indent - (isEnd ? allowance : 0)
        if PythonText.quoted(current + word).unicodeScalars.count > width {
          if !current.isEmpty { pieces.append(PythonText.quoted(current)) }
          current = word
        } else {
          current += word
        }
      }
      if !current.isEmpty { pieces.append(PythonText.quoted(current)) }
    }
    let isWrapped = isTop && pieces.count > 1
    let text = pieces.joined(separator: "\n" + String(repeating: " ", count: indent))
    output += isWrapped ? "(\(text))" : text
  }

  /// Each word with the white space after it.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var isAfterSpace = false
    for scalar in text.unicodeScalars {
      let isSpace = PythonText.isSpace(scalar)
      if isAfterSpace, !isSpace {
        words.append(String(word))
        word.removeAll()
      }
      word.append(scalar)
      isAfterSpace = isSpace
    }
    if !word.isEmpty { words.append(String(word)) }
    return words
  }
}
