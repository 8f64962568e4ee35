import OrderedCollections
import Value

/// A section of an ini file, or the whole file: options, comments and further sections in order, read and written as
/// Salt's `ini` module does.
struct IniSection: Sendable, Hashable {
  indirect enum Entry: Sendable, Hashable {
    /// The value of an option, or a whole line of a comment or of what is no option.
    case text(String)
    case section(IniSection)
  }

  /// Names of lines that are no options begin with this.
  static let lineMark: Character = "#"

  let name: String
  let separator: String
  private(set) var entries: OrderedDictionary<String, Entry> = [:]

  init(_ name: String, separator: String) {
    self.name = name
    self.separator = separator
  }

  subscript(_ name: String) -> Entry? { entries[name] }

  func section(_ name: String) -> IniSection? {
    if case .section(let section)? = entries[name] { section } else { nil }
  }

  func option(_ name: String) -> String? {
    if case .text(let text)? = entries[name] { text } else { nil }
  }

  /// Options and sections without comments.
  var value: ValueMap {
    var map: ValueMap = [:]
    for (name, entry) in entries where name.first != Self.lineMark { map[name] = Self.value(entry) }
    return map
  }

  static func value(_ entry: Entry) -> Value {
    switch entry {
    case .text(let text): .string(text)
    case .section(let section): .map(section.value)
    }
  }

  // MARK: Changing

  /// Sets options, and sections where the value is a map; what was changed, as `{name: {before, after}}`.
  mutating func update(_ options: ValueMap) -> ValueMap {
    var changes: ValueMap = [:]
    for (key, value) in options {
      let name = key.description
      if let map = value.mapValue {
        guard case .section(var present)? = entries[name] else {
          var section = IniSection(name, separator: separator)
          _ = section.update(map)
          changes[name] = [
            "before": entries[name].map(Self.value) ?? .null, "after": .map(section.value),
          ]
          entries[name] = .section(section)
          continue
        }
        let inner = present.update(map)
        entries[name] = .section(present)
        if !inner.isEmpty { changes[name] = .map(inner) }
        continue
      }
      let text = PythonText.str(value)
      guard let present = entries[name] else {
        set(name, text)
        changes[name] = ["before": .null, "after": .string(text)]
        continue
      }
      // A section is not replaced by a text.
      guard case .text(let old) = present, old != text else { continue }
      entries[name] = .text(text)
      changes[name] = ["before": .string(old), "after": .string(text)]
    }
    return changes
  }

  mutating func remove(_ name: String) -> Entry? { entries.removeValue(forKey: name) }

  mutating func remove(_ option: String, of section: String) -> Entry? {
    guard case .section(var present)? = entries[section] else { return nil }
    let removed = present.remove(option)
    entries[section] = .section(present)
    return removed
  }

  /// A new option takes the place of a comment that has it commented out, else the end.
  private mutating func set(_ name: String, _ text: String) {
    guard entries[name] == nil else {
      entries[name] = .text(text)
      return
    }
    let comment = entries.elements.firstIndex { key, entry in
      guard key.contains("#comment"), case .text(let line) = entry else { return false }
      return option(in: String(line.drop { $0 == "#" }))?.name == name
    }
    guard let comment else {
      entries[name] = .text(text)
      return
    }
    entries.remove(at: comment)
    entries.updateValue(.text(text), forKey: name, insertingAt: comment)
  }

  // MARK: Reading

  /// Reads the lines of the section.
  mutating func read(_ lines: ArraySlice<String>) {
    var lines = lines
    while lines.first?.isEmpty == true { lines.removeFirst() }
    while lines.last?.isEmpty == true { lines.removeLast() }
    var (comments, others) = (0, 0)
    var indentation = 0
    for line in lines {
      let start = line.first { !$0.isWhitespace }
      if start == "#" || start == ";" {
        comments += 1
        entries["#comment\(comments)"] = .text(line)
        continue
      }
      let indent = Self.width(line.prefix { $0.isWhitespace })
      if line.first?.isWhitespace == true, indent > indentation, let last = entries.keys.last,
        case .text(let text)? = entries[last]
      {
        entries[last] = .text(text + "\n" + line)
        continue
      }
      if let option = option(in: line) {
        indentation = indent
        set(option.name, option.value)
        continue
      }
      others += 1
      entries["#unknown\(others)"] = .text(line)
    }
  }

  mutating func add(_ section: IniSection) {
    guard case .section(var present)? = entries[section.name] else {
      entries[section.name] = .section(section)
      return
    }
    for (name, entry) in section.entries { present.entries[name] = entry }
    entries[section.name] = .section(present)
  }

  private func option(in line: String) -> (name: String, value: String)? {
    guard let range = line.firstRange(of: separator) else { return nil }
    let name = line[..<range.lowerBound].trimmed()
    // A name has a letter before the separator.
    guard !name.isEmpty else { return nil }
    return (name, String(line[range.upperBound...].drop { $0.isWhitespace }))
  }

  private static func width(_ indent: Substring) -> Int {
    indent.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) }
  }
}
