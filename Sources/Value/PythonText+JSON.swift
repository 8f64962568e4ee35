/// What Python's `json.dumps` writes of the smallest parts.
extension PythonText {
  /// Appends a string in quotes; with `isASCII`, letters beyond ASCII are escaped (`ensure_ascii`).
  public static func append(json text: String, isASCII: Bool, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case "\u{8}": output += "\\b"
      case "\u{c}": output += "\\f"
      case _ where scalar.value < 0x20 || (isASCII && scalar.value > 0x7e):
        for unit in String(scalar).utf16 { output += "\\u" + hex(UInt32(unit), 4) }
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }

  /// A float, or `NaN`, `Infinity`.
  public static func json(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return self.number(number)
  }
}
