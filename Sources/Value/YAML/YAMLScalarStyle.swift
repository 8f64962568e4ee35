/// How a string is written so that it is read as the same string.
enum YAMLScalarStyle {
  /// On one line: plain where that is safe, else in single quotes, else in double quotes with escapes.
  static func quoted(_ text: String) -> String {
    if isPlain(text) { return text }
    return text.unicodeScalars.allSatisfy(isPrintable)
      ? "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
      : escaped(text)
  }

  /// The lines and the chomping sign of a literal block; nil for a text that does not look well in one, or would not be
  /// read the same.
  static func literal(_ text: String) -> (lines: [Substring], chomping: String)? {
    guard text.utf8.contains(0x0a) else { return nil }
    let body = text.unicodeScalars
    guard let first = body.first, first != " ", first != "\n",
      body.allSatisfy({ isPrintable($0) || $0 == "\n" })
    else { return nil }
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Substring.init)
    guard body.last == "\n" else { return (lines, "-") }
    lines.removeLast()
    return (lines, lines.last?.isEmpty == true ? "+" : "")
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.last != 0x20, YAMLResolver.tag(ofPlain: text) == YAMLTag.str
    else { return false }
    switch first {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      // An indicator only before a space; `---` begins a document.
      guard let second = text.utf8.dropFirst().first, second != 0x20, !text.hasPrefix("---") else { return false }
    case UInt8(ascii: "."):
      guard !text.hasPrefix("...") else { return false }
    case 0x20: return false
    default:
      guard !indicators.contains(first) else { return false }
    }
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      guard isPrintable(scalar) else { return false }
      if previous == ":" && scalar == " " || previous == " " && scalar == "#" { return false }
      previous = scalar
    }
    return previous != ":"
  }

  private static let indicators = Set(",[]{}#&*!|>'\"%@`".utf8)

  /// What may stand outside double quotes: no controls, no line breaks of any kind, no byte order mark, nothing that
  /// turns the direction of a text.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7e: true
    case 0x2028...0x202e, 0x2066...0x2069, 0xfeff, 0xfffe, 0xffff: false
    default: scalar.value >= 0xa0
    }
  }

  private static func escaped(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\t": output += "\\t"
      case "\r": output += "\\r"
      case _ where isPrintable(scalar): output.unicodeScalars.append(scalar)
      default:
        let (letter, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        let digits = String(scalar.value, radix: 16)
        output += "\\\(letter)\(String(repeating: "0", count: width - digits.count))\(digits)"
      }
    }
    return output + "\""
  }
}
