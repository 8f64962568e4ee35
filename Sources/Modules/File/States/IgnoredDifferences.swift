import Value

/// What does not count as a change of content: `ignore_ordering`, `ignore_whitespace`, `ignore_comment_characters`. Such
/// a change is made, but does not set off what watches the file.
struct IgnoredDifferences: Sendable {
  var ordering = false
  var whitespace = false
  var commentCharacters: [String] = []

  init() {}

  init(ordering: Bool, whitespace: Bool, commentCharacters: Value) {
    self.ordering = ordering
    self.whitespace = whitespace
    self.commentCharacters =
      commentCharacters.listValue?.map(\.description) ?? commentCharacters.stringValue.map { [$0] } ?? []
  }

  var isAny: Bool { ordering || whitespace || !commentCharacters.isEmpty }

  /// Whether a unified diff holds a change that counts.
  func leavesChanges(in diff: String) -> Bool {
    var added: [String] = []
    var removed: [String] = []
    for line in TextLines.split(diff, at: .newlines) {
      if line.hasPrefix("+++") || line.hasPrefix("---") { continue }
      guard line.hasPrefix("+") || line.hasPrefix("-") else { continue }
      var rest = line.dropFirst()
      for mark in commentCharacters {
        if let range = rest.firstRange(of: mark) { rest = rest[..<range.lowerBound] }
      }
      let text = whitespace ? rest.trimmed() : String(rest)
      if text.isEmpty { continue }
      if line.hasPrefix("+") { added.append(text) } else { removed.append(text) }
    }
    return added.sorted() != removed.sorted()
  }
}
