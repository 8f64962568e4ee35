import HostSystem

/// One of apt's source files, read so that it can be written again with everything untouched as it was.
struct AptSourceFile: Sendable, Hashable {
  enum Entry: Sendable, Hashable {
    /// A one-line repository, and its text as it stands in the file.
    case line(AptRepositoryLine, text: String)
    case stanza(AptSourceStanza)
    /// Comments, empty lines and what nobody understands.
    case other(String)

    init(_ line: AptRepositoryLine) { self = .line(line, text: line.text) }
  }

  var path: String
  var entries: [Entry]
  /// What is on disk; nil when there is no such file.
  let original: String?
  private let originalEntries: [Entry]

  /// A file that does not exist yet.
  init(newAt path: String) {
    (self.path, entries, original, originalEntries) = (path, [], nil, [])
  }

  init(_ text: String, path: String) {
    self.path = path
    original = text
    entries = Self.isDeb822(path) ? Self.stanzas(text) : text.splitLines().map(Self.entry)
    originalEntries = entries
  }

  var isChanged: Bool { entries != originalEntries }

  static func isDeb822(_ path: String) -> Bool { path.hasSuffix(".sources") }

  var isDeb822: Bool { Self.isDeb822(path) }

  /// Whether a repository stands in it, disabled ones too.
  var hasRepositories: Bool { entries.contains { source($0) != nil } }

  var sources: [AptSource] { entries.compactMap(source) }

  func source(_ entry: Entry) -> AptSource? {
    switch entry {
    case .line(let line, let text): AptSource(line, text: text, file: path)
    case .stanza(let stanza): AptSource(stanza, file: path)
    case .other: nil
    }
  }

  /// Takes an entry out, and the empty line that parted a paragraph from the next.
  mutating func remove(at index: Int) {
    entries.remove(at: index)
    guard isDeb822 else { return }
    if index < entries.count, entries[index] == .other("") {
      entries.remove(at: index)
    } else if index > 0, index == entries.count, entries[index - 1] == .other("") {
      entries.remove(at: index - 1)
    }
  }

  /// What is to be on disk.
  var text: String {
    var lines: [String] = []
    for entry in entries {
      switch entry {
      case .line(_, let text): lines.append(text)
      case .stanza(let stanza): lines += (lines.isEmpty || lines.last == "" ? [] : [""]) + stanza.lines
      case .other(let text): lines.append(text)
      }
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  private static func entry(_ text: String) -> Entry {
    guard let line = AptRepositoryLine(text) else { return .other(text) }
    return .line(line, text: text)
  }

  private static func stanzas(_ text: String) -> [Entry] {
    var entries: [Entry] = []
    var paragraph: [String] = []
    func close() {
      if paragraph.contains(where: { !$0.hasPrefix("#") }) {
        entries.append(.stanza(AptSourceStanza(lines: paragraph)))
      } else {
        entries += paragraph.map(Entry.other)
      }
      paragraph = []
    }
    for line in text.splitLines() {
      guard line.trimmed().isEmpty else {
        paragraph.append(line)
        continue
      }
      close()
      entries.append(.other(""))
    }
    close()
    return entries
  }
}
