/// How Python writes strings, bytes and numbers (`repr`): templates, grains and Salt's sentences have its words.
public enum PythonText {
  /// `repr` of a string.
  public static func quoted(_ text: String) -> String {
    var output = ""
    append(quoted: text, to: &output)
    return output
  }

  /// Appends `repr` of a string.
  public static func append(quoted text: String, to output: inout String) {
    var hasSingle = false
    var hasDouble = false
    var isPlain = true
    for byte in text.utf8 {
      if byte == UInt8(ascii: "'") { hasSingle = true }
      if byte == UInt8(ascii: "\"") { hasDouble = true }
      if byte < 0x20 || byte >= 0x7f || byte == UInt8(ascii: "\\") { isPlain = false }
    }
    let quote: Character = hasSingle && !hasDouble ? "\"" : "'"
    output.append(quote)
    if isPlain, !hasSingle || quote == "\"" {
      output.append(text)
    } else {
      for scalar in text.unicodeScalars { append(scalar, quote: quote, to: &output) }
    }
    output.append(quote)
  }

  private static func append(_ scalar: Unicode.Scalar, quote: Character, to output: inout String) {
    switch scalar {
    case "\\": output += "\\\\"
    case "\n": output += "\\n"
    case "\r": output += "\\r"
    case "\t": output += "\\t"
    case "'" where quote == "'": output += "\\'"
    case _ where isPrintable(scalar): output.unicodeScalars.append(scalar)
    case _ where scalar.value <= 0xff: output += "\\x" + hex(scalar.value, 2)
    case _ where scalar.value <= 0xffff: output += "\\u" + hex(scalar.value, 4)
    default: output += "\\U" + hex(scalar.value, 8)
    }
  }

  /// A number in hexadecimal, padded with zeros.
  public static func hex(_ number: UInt32, _ width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Whether Python's `str.isprintable` holds for the character.
  public static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7f { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  /// `repr` of bytes.
  public static func quoted(_ bytes: [UInt8]) -> String {
    let quote: Character = bytes.contains(UInt8(ascii: "'")) && !bytes.contains(UInt8(ascii: "\"")) ? "\"" : "'"
    var output = "b\(quote)"
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\\"): output += "\\\\"
      case UInt8(ascii: "\n"): output += "\\n"
      case UInt8(ascii: "\r"): output += "\\r"
      case UInt8(ascii: "\t"): output += "\\t"
      case UInt8(ascii: "'") where quote == "'": output += "\\'"
      case 0x20..<0x7f: output.unicodeScalars.append(Unicode.Scalar(byte))
      default: output += "\\x" + hex(UInt32(byte), 2)
      }
    }
    output.append(quote)
    return output
  }

  /// A float: `1.0`, `1e+16`, `inf`.
  public static func number(_ number: Double) -> String { JSONWriter.text(of: number) }

  /// Whether Python's `str.strip` takes the character away.
  public static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return scalar.value == 0x20 || 0x09...0x0d ~= scalar.value || 0x1c...0x1f ~= scalar.value }
    return scalar.properties.isWhitespace
  }
}
