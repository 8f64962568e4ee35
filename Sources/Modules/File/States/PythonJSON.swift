import OrderedCollections
import Value

/// JSON laid out as Python's `json.dumps` lays it out, with its options.
struct PythonJSON {
  /// Spaces a level; nil for one line.
  var indent: Int? = 2
  var itemSeparator = ","
  var keySeparator = ": "
  var sortsKeys = true
  /// Letters beyond ASCII are escaped (`ensure_ascii`).
  var isASCII = false

  func text(of value: Value) -> String {
    var text = ""
    write(value, to: &text, level: 0)
    return text
  }

  private func write(_ value: Value, to text: inout String, level: Int) {
    switch value {
    case .list(let items):
      write(items.count, "[", "]", to: &text, level) { index, text in write(items[index], to: &text, level: level + 1) }
    case .map(let map):
      let entries = sortsKeys ? map.sorted { Self.precedes($0.key, $1.key) } : Array(map.elements)
      write(entries.count, "{", "}", to: &text, level) { index, text in
        PythonText.append(json: Self.key(entries[index].key), isASCII: isASCII, to: &text)
        text += keySeparator
        write(entries[index].value, to: &text, level: level + 1)
      }
    case .string(let string): PythonText.append(json: string, isASCII: isASCII, to: &text)
    case .bytes(let bytes):
      PythonText.append(json: String(decoding: bytes, as: UTF8.self), isASCII: isASCII, to: &text)
    case .double(let number): text += PythonText.json(number)
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .int: text += value.description
    }
  }

  private func write(
    _ count: Int, _ open: String, _ close: String, to text: inout String, _ level: Int,
    _ element: (Int, inout String) -> Void
  ) {
    text += open
    for index in 0..<count {
      if index > 0 { text += itemSeparator }
      breakLine(&text, level + 1)
      element(index, &text)
    }
    if count > 0 { breakLine(&text, level) }
    text += close
  }

  private func breakLine(_ text: inout String, _ level: Int) {
    guard let indent else { return }
    text += "\n" + String(repeating: " ", count: max(0, indent) * level)
  }

  private static func key(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    default: value.description
    }
  }

  /// Numbers by size, all else by its letters' numbers, as Python orders.
  static func precedes(_ first: Value, _ second: Value) -> Bool {
    if let first = first.doubleValue, let second = second.doubleValue { return first < second }
    return first.description.unicodeScalars.lexicographicallyPrecedes(second.description.unicodeScalars)
  }
}
