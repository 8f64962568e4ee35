import Value

/// A YAML double-quoted scalar as PyYAML writes it: what Salt prints for strings with line breaks within a dict.
enum YAMLQuoting {
  static func append(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\0": output += "\\0"
      case "\u{7}": output += "\\a"
      case "\u{8}": output += "\\b"
      case "\t": output += "\\t"
      case "\n": output += "\\n"
      case "\u{b}": output += "\\v"
      case "\u{c}": output += "\\f"
      case "\r": output += "\\r"
      case "\u{1b}": output += "\\e"
      case "\u{85}": output += "\\N"
      case "\u{2028}": output += "\\L"
      case "\u{2029}": output += "\\P"
      case "\u{20}"..."\u{7e}", "\u{a0}"..."\u{d7ff}", "\u{e000}"..."\u{fefe}", "\u{ff00}"..."\u{fffd}":
        output.unicodeScalars.append(scalar)
      case _ where scalar.value <= 0xff: output += "\\x" + PythonText.hex(scalar.value, 2).uppercased()
      case _ where scalar.value <= 0xffff: output += "\\u" + PythonText.hex(scalar.value, 4).uppercased()
      default: output += "\\U" + PythonText.hex(scalar.value, 8).uppercased()
      }
    }
    output += "\""
  }
}
