import OrderedCollections
import Value

/// Values as Python's `repr` and `type` write them.
enum PythonText {
  static func of(_ value: Value) -> String {
    switch value {
    case .null, .bool, .int, .double: value.description
    case .string(let text): quoted(text.unicodeScalars, prefix: "")
    case .bytes(let bytes): quoted(bytes.map { Unicode.Scalar($0) }, prefix: "b")
    case .list(let items): "[" + items.map(of).joined(separator: ", ") + "]"
    case .map(let map): "{" + map.map { "\(of($0.key)): \(of($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  static func type(_ value: Value) -> String {
    let name =
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
    return "<class '\(name)'>"
  }

  private static func quoted(_ scalars: some Sequence<Unicode.Scalar>, prefix: String) -> String {
    let scalars = Array(scalars)
    // Python takes double quotes only where that saves escaping.
    let quote: Unicode.Scalar = scalars.contains("'") && !scalars.contains("\"") ? "\"" : "'"
    var text = String.UnicodeScalarView()
    for scalar in scalars {
      switch scalar {
      case quote, "\\": text += ["\\", scalar]
      case "\n": text += ["\\", "n"]
      case "\r": text += ["\\", "r"]
      case "\t": text += ["\\", "t"]
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || (prefix == "b" && scalar.value > 0x7F):
        text += "\\x\(scalar.value < 16 ? "0" : "")\(String(scalar.value, radix: 16))".unicodeScalars
      default: text.append(scalar)
      }
    }
    return "\(prefix)\(quote)\(String(text))\(quote)"
  }
}
