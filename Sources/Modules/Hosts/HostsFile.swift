import HostSystem

/// A hosts(5) file: lines that are not touched stay as they are.
struct HostsFile: Sendable, Hashable {
  private struct Line: Sendable, Hashable {
    var text: String
    /// Nil for comments, blank lines and lines that are no entry.
    var entry: Entry?
  }

  private struct Entry: Sendable, Hashable {
    var address: String
    var names: [String]
    var comment: String?

    var text: String {
      "\(address)\t\t\(names.joined(separator: " "))" + (comment.map { "\t\t# \($0)" } ?? "")
    }
  }

  private var lines: [Line]

  init(parsing text: String) {
    lines = text.splitLines().map { line in
      let (body, comment) = Self.parts(line)
      let fields = body.fields()
      guard let address = fields.first else { return Line(text: line) }
      return Line(text: line, entry: Entry(address: address, names: Array(fields.dropFirst()), comment: comment))
    }
  }

  private static func parts(_ line: String) -> (Substring, String?) {
    guard let mark = line.firstIndex(of: "#") else { return (line[...], nil) }
    let comment = line[line.index(after: mark)...].trimmed()
    return (line[..<mark], comment.isEmpty ? nil : comment)
  }

  var text: String { lines.map { $0.text + "\n" }.joined() }

  /// In the order of the file, each once.
  var addresses: [String] {
    var addresses: [String] = []
    for entry in lines.compactMap(\.entry) where !addresses.contains(entry.address) { addresses.append(entry.address) }
    return addresses
  }

  /// All names of an address; nil when it is not in the file.
  func names(of address: String) -> [String]? {
    let entries = lines.compactMap(\.entry).filter { $0.address == address }
    return entries.isEmpty ? nil : entries.flatMap(\.names)
  }

  func comment(of address: String) -> String? {
    lines.compactMap(\.entry).last { $0.address == address && $0.comment != nil }?.comment
  }

  func address(of name: String) -> String? { lines.compactMap(\.entry).first { $0.names.contains(name) }?.address }

  mutating func add(_ name: String, to address: String) {
    guard names(of: address)?.contains(name) != true else { return }
    change(address) { $0.names.append(name) }
  }

  mutating func setComment(_ comment: String, of address: String) { change(address) { $0.comment = comment } }

  /// Takes a name off an address; an address without a name goes too.
  mutating func remove(_ name: String, from address: String) {
    for index in lines.indices.reversed() {
      guard var entry = lines[index].entry, entry.address == address, entry.names.contains(name) else { continue }
      entry.names.removeAll { $0 == name }
      if entry.names.isEmpty { lines.remove(at: index) } else { lines[index] = Line(text: entry.text, entry: entry) }
    }
  }

  /// Gives an address exactly these names; none removes it.
  mutating func set(_ names: [String], of address: String, comment: String? = nil) {
    let place = lines.firstIndex { $0.entry?.address == address }
    lines.removeAll { $0.entry?.address == address }
    guard !names.isEmpty else { return }
    let entry = Entry(address: address, names: names, comment: comment)
    lines.insert(Line(text: entry.text, entry: entry), at: min(place ?? lines.count, lines.count))
  }

  /// Changes the first line of an address, or a new one at the end.
  private mutating func change(_ address: String, _ body: (inout Entry) -> Void) {
    let index = lines.firstIndex { $0.entry?.address == address }
    var entry = index.flatMap { lines[$0].entry } ?? Entry(address: address, names: [])
    body(&entry)
    let line = Line(text: entry.text, entry: entry)
    if let index { lines[index] = line } else { lines.append(line) }
  }
}
