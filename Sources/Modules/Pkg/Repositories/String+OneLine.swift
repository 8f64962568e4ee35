extension String {
  /// No control character: no end of a line, no NUL, no tabulator.
  var isOneLine: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && !contains { "\u{85}\u{2028}\u{2029}".contains($0) }
  }

  /// One line without white space, and not empty.
  var isOneWord: Bool { !isEmpty && isOneLine && !contains(where: \.isWhitespace) }

  /// Short enough for a message, without what would break its line.
  var shownOnOneLine: String {
    let text = prefix(200).map { String($0).isOneLine ? String($0) : "?" }.joined()
    return count > 200 ? "\(text)…" : text
  }
}
