import OrderedCollections
import Value

/// A value's text as Python's `str` gives it, which is what Salt matches grains by: `True`, `None`, `['a', 1]`.
enum PythonText {
  static func string(_ value: Value) -> String {
    switch value {
    case .string(let text): return text
    case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
    default:
      var text = ""
      write(value, to: &text, depth: 0)
      return text
    }
  }

  private static func write(_ value: Value, to text: inout String, depth: Int) {
    guard depth < TargetLimits.nesting else {
      text += "..."
      return
    }
    switch value {
    case .null: text += "None"
    case .bool(let flag): text += flag ? "True" : "False"
    case .int(let number): text += String(number)
    case .double(let number): text += "\(number)"
    case .string(let string): quote(string, to: &text)
    case .bytes(let bytes): quote(String(decoding: bytes, as: UTF8.self), to: &text)
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += ", " }
        write(item, to: &text, depth: depth + 1)
      }
      text += "]"
    case .map(let map):
      text += "{"
      for (index, entry) in map.enumerated() {
        if index > 0 { text += ", " }
        write(entry.key, to: &text, depth: depth + 1)
        text += ": "
        write(entry.value, to: &text, depth: depth + 1)
      }
      text += "}"
    }
  }

  /// Single quotes, unless only double ones do without escapes.
  private static func quote(_ string: String, to text: inout String) {
    let scalars = string.unicodeScalars
    let mark: Unicode.Scalar = scalars.contains("'") && !scalars.contains("\"") ? "\"" : "'"
    text.unicodeScalars.append(mark)
    for scalar in scalars {
      switch scalar {
      case mark, "\\":
        text.unicodeScalars.append("\\")
        text.unicodeScalars.append(scalar)
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || scalar.value == 0xAD:
        let digits = String(scalar.value, radix: 16)
        text += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text.unicodeScalars.append(mark)
  }
}
