/// Salt's `xml` filter: the entries of a dict become attributes, unless they are lists or dicts, which become elements.
struct XMLText {
  private final class Element {
    let name: String
    var attributes: [(name: String, value: String)] = []
    var text: String?
    var children: [Element] = []

    init(_ name: String) { self.name = name }
  }

  private let evaluation: Evaluation

  static func text(_ value: TemplateValue, _ evaluation: Evaluation) throws -> String {
    let writer = XMLText(evaluation: evaluation)
    guard let root = try writer.append(writer.pairs(value), to: nil, depth: 0) else {
      throw TemplateFailure(
        .operation, "Cannot render as XML: there is no root element",
        hint: "give a dict with one entry, which is the root: {'root': …}")
    }
    var output = "<?xml version=\"1.0\" ?>\n"
    write(root, indent: 0, to: &output)
    try evaluation.claim(bytes: output.utf8.count)
    return output
  }

  private init(evaluation: Evaluation) { self.evaluation = evaluation }

  private func pairs(_ value: TemplateValue) throws -> [(TemplateValue, TemplateValue)] {
    switch value {
    case .dict(let dict): return dict.entries.map { ($0.key.value, $0.value) }
    case .list, .tuple:
      let elements = try evaluation.elements(of: value)
      guard let first = elements.first else { throw TemplateFailure(.operation, "list index out of range") }
      guard first.stringValue != nil else { return [] }
      return try elements.map { element in
        let parts = try evaluation.elements(of: element)
        guard parts.count == 2 else {
          throw TemplateFailure(.operation, "a name and a value are needed, not \(parts.count) values")
        }
        return (parts[0], parts[1])
      }
    default: throw TemplateFailure(.operation, "Value is not a dict or list. Cannot render as XML")
    }
  }

  /// - Returns: the last element that was made.
  private func append(
    _ pairs: [(TemplateValue, TemplateValue)], to parent: Element?, depth: Int
  ) throws -> Element? {
    guard depth < 100 else { throw TemplateFailure(.limit, "lists or dicts stand more than 100 levels deep") }
    var last: Element?
    for (tag, content) in pairs {
      try evaluation.charge()
      if let text = content.stringValue { try evaluation.claim(bytes: text.utf8.count) }
      if case .list(let list) = content {
        for element in list.elements { _ = try append([(tag, element)], to: parent, depth: depth + 1) }
      } else {
        let element = Element(try evaluation.text(tag))
        parent?.children.append(element)
        last = element
      }
      switch content {
      case .string, .markup, .int, .bool, .double:
        last?.text = try evaluation.text(content)
        continue
      case .dict(let dict):
        last?.attributes = try dict.entries.compactMap { key, value in
          if Self.isNested(value) { return nil }
          return (try evaluation.text(key.value), try evaluation.text(value))
        }
        let nested = dict.entries.filter { Self.isNested($0.value) }.map { ($0.key.value, $0.value) }
        for pair in nested { _ = try append([pair], to: last, depth: depth + 1) }
      case .list(let list):
        // Lists in lists are only taken apart into elements above.
        guard !list.elements.isEmpty else { throw TemplateFailure(.operation, "list index out of range") }
      default: _ = try self.pairs(content)
      }
    }
    return last
  }

  private static func isNested(_ value: TemplateValue) -> Bool {
    switch value {
    case .dict, .list: true
    default: false
    }
  }

  private static func write(_ element: Element, indent: Int, to output: inout String) {
    let spaces = String(repeating: " ", count: indent)
    output += "\(spaces)<\(element.name)"
    for (name, value) in element.attributes { output += " \(name)=\"\(escaped(value, isAttribute: true))\"" }
    if let text = element.text, !text.isEmpty, element.children.isEmpty {
      output += ">\(escaped(text, isAttribute: false))</\(element.name)>\n"
    } else if element.children.isEmpty {
      output += "/>\n"
    } else {
      output += ">\n"
      for child in element.children { write(child, indent: indent + 1, to: &output) }
      output += "\(spaces)</\(element.name)>\n"
    }
  }

  private static func escaped(_ text: String, isAttribute: Bool) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += isAttribute ? "&quot;" : "\""
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
