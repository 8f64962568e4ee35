import HostSystem

/// A repository in apt's deb822 form, a paragraph of `Field: value`. What is not changed keeps its text.
struct AptSourceStanza: Sendable, Hashable {
  /// As written, without the empty line after it; comments and continued lines too.
  private(set) var lines: [String]

  init(lines: [String]) { self.lines = lines }

  /// The value of a field, its continued lines joined by newlines; nil when it is not there. Names are read in any case.
  subscript(_ field: String) -> String? {
    get {
      guard let range = range(of: field) else { return nil }
      let first = lines[range.lowerBound]
      let value = first.firstIndex(of: ":").map { first[first.index(after: $0)...].trimmed() } ?? ""
      let more = lines[range].dropFirst().filter { !$0.hasPrefix("#") }.map { $0.trimmed() }
      return ([value] + more).joined(separator: "\n").trimmed()
    }
    set {
      let range = range(of: field)
      let line = newValue.map { "\(field): \($0)" }
      if let range {
        lines.replaceSubrange(range, with: line.map { [$0] } ?? [])
      } else if let line {
        lines.append(line)
      }
    }
  }

  func words(_ field: String) -> [String] { self[field]?.fields() ?? [] }

  /// The lines before the first field, without their `#`.
  var comment: String {
    get { lines.prefix { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" }.trimmed() }.joined(separator: "\n") }
    set {
      lines.removeFirst(lines.prefix { $0.hasPrefix("#") }.count)
      lines.insert(contentsOf: newValue.isEmpty ? [] : newValue.splitLines().map { "#\($0)" }, at: 0)
    }
  }

  /// The lines of a field, continued ones too.
  private func range(of field: String) -> Range<Int>? {
    let name = field.lowercased()
    guard
      let start = lines.firstIndex(where: { line in
        guard let colon = line.firstIndex(of: ":"), line.first?.isWhitespace == false else { return false }
        return line[..<colon].trimmed().lowercased() == name
      })
    else { return nil }
    var end = start + 1
    while end < lines.count, lines[end].first?.isWhitespace == true || lines[end].hasPrefix("#") { end += 1 }
    // Comments after the field's last line belong to what follows.
    while end > start + 1, lines[end - 1].hasPrefix("#") { end -= 1 }
    return start..<end
  }
}
