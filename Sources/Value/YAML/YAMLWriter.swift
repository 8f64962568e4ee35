import OrderedCollections

/// Writes values as YAML in block style, as Salt's `--out yaml` does: lists stand in the column of their key, strings
/// have quotes only where reading would make something else of them. Reading the text again gives the same value, except
/// that a list or a map that is a key of a map, which Salt's loader refuses, becomes its text.
public struct YAMLWriter {
  private var output = ""

  private init() {}

  public static func write(_ value: Value) -> String {
    var writer = YAMLWriter()
    writer.appendBlock(value, indent: 0)
    return writer.output
  }

  /// A value that begins on a line of its own, or after `- `; it ends with a line break.
  private mutating func appendBlock(_ value: Value, indent: Int) {
    switch value {
    case .list(let list) where !list.isEmpty:
      for (index, element) in list.enumerated() {
        if index > 0 { output += Self.spaces(indent) }
        output += "- "
        if Self.isBlock(element) {
          appendBlock(element, indent: indent + 2)
        } else {
          appendInline(element, indent: indent)
        }
      }
    case .map(let map) where !map.isEmpty:
      for (index, entry) in map.elements.enumerated() {
        if index > 0 { output += Self.spaces(indent) }
        appendEntry(entry.key, entry.value, indent: indent)
      }
    default: appendInline(value, indent: indent)
    }
  }

  private mutating func appendEntry(_ key: Value, _ value: Value, indent: Int) {
    let text = Self.key(key)
    // A key longer than this may not stand before a bare ':'.
    if text.utf8.count > 128 {
      output += "? \(text)\n\(Self.spaces(indent)):"
    } else {
      output += "\(text):"
    }
    switch value {
    case .list(let list) where !list.isEmpty:
      output += "\n" + Self.spaces(indent)
      appendBlock(value, indent: indent)
    case .map(let map) where !map.isEmpty:
      output += "\n" + Self.spaces(indent + 2)
      appendBlock(value, indent: indent + 2)
    default:
      output += " "
      appendInline(value, indent: indent)
    }
  }

  /// A scalar or an empty collection; `indent` is the column of what holds it.
  private mutating func appendInline(_ value: Value, indent: Int) {
    if case .string(let text) = value, let lines = YAMLScalarStyle.literal(text) {
      output += "|\(lines.chomping)\n"
      for line in lines.lines { output += line.isEmpty ? "\n" : Self.spaces(indent + 2) + line + "\n" }
    } else {
      output += Self.scalar(value) + "\n"
    }
  }

  private static func isBlock(_ value: Value) -> Bool {
    switch value {
    case .list(let list): !list.isEmpty
    case .map(let map): !map.isEmpty
    default: false
    }
  }

  private static func key(_ key: Value) -> String {
    switch key {
    case .list, .map: YAMLScalarStyle.quoted(JSONWriter.compact(key))
    default: scalar(key)
    }
  }

  private static func scalar(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): double(number)
    case .string(let text): YAMLScalarStyle.quoted(text)
    case .bytes(let bytes): "!!binary \"\(Base64.text(bytes))\""
    case .list: "[]"
    case .map: "{}"
    }
  }

  private static func double(_ number: Double) -> String {
    if number.isNaN { return ".nan" }
    if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
    let text = JSONWriter.text(of: number)
    // YAML 1.1 takes an exponent only after a point.
    guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }
}
