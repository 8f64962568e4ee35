import HostSystem
import OrderedCollections
import Value

/// The text of a `.repo` file, for changing one repository in it and leaving everything else as it is.
struct YumRepositoryText: Sendable, Hashable {
  private(set) var lines: [String]

  init(_ text: String) { lines = text.splitLines() }

  var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

  /// Sets options of a repository, which is made when it is missing; nil takes an option out.
  mutating func set(_ options: OrderedDictionary<String, String?>, of id: String) {
    if section(id) == nil {
      if let last = lines.last, !last.trimmed().isEmpty { lines.append("") }
      lines.append("[\(id)]")
    }
    for (name, value) in options {
      guard let section = section(id) else { continue }
      let line = value.map { "\(name)=\($0)" }
      if let range = option(name, in: section) {
        lines.replaceSubrange(range, with: line.map { [$0] } ?? [])
      } else if let line {
        lines.insert(line, at: end(of: section))
      }
    }
  }

  /// Comments of a repository, one line each, in place of those that it has.
  mutating func setComments(_ comments: [String], of id: String) {
    guard let range = section(id) else { return }
    for index in range.dropFirst().reversed() where lines[index].hasPrefix("#") { lines.remove(at: index) }
    guard let section = section(id) else { return }
    lines.insert(contentsOf: comments.map { "# \($0)" }, at: end(of: section))
  }

  mutating func remove(_ id: String) {
    guard let section = section(id) else { return }
    lines.removeSubrange(section)
    while lines.last?.trimmed().isEmpty == true { lines.removeLast() }
  }

  /// The lines of a repository, its head among them.
  private func section(_ id: String) -> Range<Int>? {
    guard let start = lines.firstIndex(where: { $0.trimmed() == "[\(id)]" }) else { return nil }
    let end = lines[(start + 1)...].firstIndex { $0.trimmed().hasPrefix("[") && $0.trimmed().hasSuffix("]") }
    return start..<(end ?? lines.count)
  }

  /// Where a further option goes: before the empty lines that part it from the next.
  private func end(of section: Range<Int>) -> Int {
    var end = section.upperBound
    while end > section.lowerBound + 1, lines[end - 1].trimmed().isEmpty { end -= 1 }
    return end
  }

  private func option(_ name: String, in section: Range<Int>) -> Range<Int>? {
    let start = section.dropFirst().first { index in
      let line = lines[index]
      guard line.first?.isWhitespace == false, !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else {
        return false
      }
      return line[..<equals].trimmed().lowercased() == name
    }
    guard let start else { return nil }
    var end = start + 1
    while end < section.upperBound, lines[end].first?.isWhitespace == true, !lines[end].trimmed().isEmpty { end += 1 }
    return start..<end
  }
}
