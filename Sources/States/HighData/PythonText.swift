import Value

/// Values in Python's words, as Salt's sentences have them.
enum PythonText {
  /// `type(value).__name__`.
  static func typeName(_ value: Value) -> String {
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

  /// `str(value)`.
  static func str(_ value: Value) -> String {
    switch value {
    case .list, .map: repr(value)
    default: value.description
    }
  }

  /// `repr(value)`.
  static func repr(_ value: Value) -> String {
    switch value {
    case .string(let text): quoted(text)
    case .list(let items): "[" + items.map(repr).joined(separator: ", ") + "]"
    case .map(let map): "{" + map.map { "\(repr($0.key)): \(repr($0.value))" }.joined(separator: ", ") + "}"
    case .bytes(let bytes): "b" + quoted(String(decoding: bytes, as: UTF8.self))
    default: value.description
    }
  }

  static func quoted(_ text: String) -> String {
    let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var result = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote, "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    result.unicodeScalars.append(quote)
    return result
  }
}
