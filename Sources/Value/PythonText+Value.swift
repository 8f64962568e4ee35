extension PythonText {
  /// Deeper values are written as `...`: no template and no grain of use nests so deep.
  private static let depthLimit = 128

  /// `type(value).__name__`.
  public static func typeName(_ value: Value) -> String {
    switch value {
    case .null: "NoneType"
    case .bool: "bool"
    case .int: "int"
    case .double: "float"
    case .string: "str"
    case .bytes: "bytes"
    case .list: "list"
    case .map: "dict"
    }
  }

  /// `str(value)`, except that bytes are read as UTF-8: what Salt matches grains by.
  public static func str(_ value: Value) -> String {
    switch value {
    case .list, .map: repr(value)
    default: value.description
    }
  }

  /// `repr(value)`.
  public static func repr(_ value: Value) -> String {
    var text = ""
    append(value, to: &text, depth: 0)
    return text
  }

  private static func append(_ value: Value, to text: inout String, depth: Int) {
    guard depth < depthLimit else {
      text += "..."
      return
    }
    switch value {
    case .null, .bool, .int, .double: text += value.description
    case .string(let string): append(quoted: string, to: &text)
    case .bytes(let bytes): text += quoted(bytes)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += ", " }
        append(item, to: &text, depth: depth + 1)
      }
      text += "]"
    case .map(let map):
      text += "{"
      for (index, entry) in map.enumerated() {
        if index > 0 { text += ", " }
        append(entry.key, to: &text, depth: depth + 1)
        text += ": "
        append(entry.value, to: &text, depth: depth + 1)
      }
      text += "}"
    }
  }
}
