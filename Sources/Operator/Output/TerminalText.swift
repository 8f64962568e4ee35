/// Text from elsewhere, made safe to print and measured.
public enum TerminalText {
  /// The lines of a text without anything that steers a terminal or turns the direction of writing: such characters are
  /// shown as escapes, `\x1b`. A final line break makes no empty line.
  static func lines(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { escaped($0) }
  }

  /// A text of several lines, safe to print.
  public static func block(_ text: String) -> String { lines(text).joined(separator: "\n") }

  /// A text as one line: line breaks are escapes too.
  public static func line(_ text: String) -> String { escaped(text) }

  private static func escaped(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains(where: isSteering) else { return String(text) }
    return text.unicodeScalars.reduce(into: "") { output, scalar in
      if isSteering(scalar) {
        output += escape(scalar)
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case _ where scalar.value < 0x100: "\\x" + (digits.count < 2 ? "0" : "") + digits
    default: "\\u{\(digits)}"
    }
  }

  /// Controls except the tab, separators of lines, marks of direction, and what is not seen at all but makes two texts
  /// differ (zero-width spaces, tags).
  private static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: false
    case 0..<0x20, 0x7f...0x9f, 0x061c, 0x200b, 0x200e, 0x200f, 0x2028...0x202e, 0x2060...0x2069, 0xfeff,
      0xe0000...0xe007f:
      true
    default: false
    }
  }

  /// How many columns a terminal gives to a text.
  static func width(_ text: String) -> Int {
    isPlain(text) ? text.utf8.count : text.reduce(0) { $0 + width($1) }
  }

  /// Whether each byte is a character and a column: the quick way for very long texts.
  private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20..<0x7f).contains($0) } }

  /// A text cut to `width` columns, the last of them an ellipsis.
  static func cut(_ text: String, to width: Int) -> String {
    guard self.width(text) > width else { return text }
    if isPlain(text) { return String(decoding: text.utf8.prefix(max(0, width - 1)), as: UTF8.self) + "…" }
    var room = width - 1
    var output = ""
    for character in text {
      room -= self.width(character)
      guard room >= 0 else { break }
      output.append(character)
    }
    return output + "…"
  }

  private static func width(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first?.value else { return 0 }
    return switch first {
    case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
      0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
      2
    default: 1
    }
  }
}
