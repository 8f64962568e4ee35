import OrderedCollections
import Targeting
import Value

/// The changes that `file.keyvalue` makes: lines of `key=value`, with Salt's own kind of diff.
struct KeyValueEdit {
  var values: ValueMap
  var separator = "="
  var appends = false
  var prepends = false
  var count = 1
  /// Signs at the beginning of a line that a commented one has; nil for white space.
  var commentSigns: String?
  var ignoresKeyCase = false
  var ignoresValueCase = false
  var prunes = false

  private(set) var diff: [String] = []
  private(set) var changes = 0
  private(set) var deletions = 0
  private var remaining: [String: Int] = [:]

  init(_ values: ValueMap) { self.values = values }

  mutating func applied(to text: String) -> String {
    var lines: [String] = []
    var unmatched: [String] = []
    for key in values.keys { remaining[key.description] = count }
    for line in TextLines.split(text, at: .newlines) {
      let bare = stripped(line)
      if prunes, !values.keys.contains(where: { begins(bare, with: $0.description) }) {
        unmatched.append(line)
        continue
      }
      lines.append(changed(line, bare))
    }
    var new = lines.joined()
    if appends { append(&new) } else if prepends { prepend(&new) }
    deletions = unmatched.count
    for line in unmatched { diff.insert("- \(line)", at: min(1, diff.count)) }
    return new
  }

  private mutating func changed(_ line: String, _ bare: String) -> String {
    let wasCommented = bare.utf8.count < line.utf8.count
    var line = line
    let working = wasCommented ? bare : line
    guard let range = working.firstRange(of: separator) else { return line }
    let lineKey = String(working[..<range.lowerBound])
    var lineValue = working[range.upperBound...].trimmed()
    for (key, value) in values {
      let key = key.description
      guard begins(bare, with: key),
        ignoresKeyCase ? lineKey.lowercased() == key.lowercased() : lineKey == key
      else { continue }
      var wanted = StateText.of(value).trimmed()
      if ignoresValueCase { (lineValue, wanted) = (lineValue.lowercased(), wanted.lowercased()) }
      let left = remaining[key] ?? 0
      var isSame = lineValue == wanted
      var mustChange = false
      if wasCommented {
        if left > 0 { mustChange = true } else { isSame = true }
      } else if left == 0 {
        mustChange = true
      }
      if !isSame || mustChange {
        diff.append("- \(line)")
        line = ""
        if left != 0 {
          line = "\(lineKey)\(separator)\(StateText.of(value))\n"
          diff.append(Self.added(line, value))
        }
        changes += 1
      }
      if left > 0 { remaining[key] = left - 1 }
    }
    return line
  }

  private mutating func append(_ text: inout String) {
    var added: [String] = []
    for (key, value) in values where remaining[key.description] ?? 0 > 0 {
      let line = "\(key)\(separator)\(StateText.of(value))\n"
      added.append("+ \(line)")
      text += line
      changes += 1
    }
    if !added.isEmpty { diff += ["- <EOF>\n"] + added + ["+ <EOF>\n"] }
  }

  private mutating func prepend(_ text: inout String) {
    var isFirst = true
    for (key, value) in values where remaining[key.description] ?? 0 > 0 {
      let line = "\(key)\(separator)\(StateText.of(value))\n"
      if isFirst { diff.insert("  <SOF>\n", at: 0) }
      isFirst = false
      diff.insert("+ \(line)", at: 1)
      text = line + text
      changes += 1
    }
  }

  private func begins(_ line: String, with key: String) -> Bool {
    ignoresKeyCase ? line.lowercased().hasPrefix(key.lowercased()) : line.hasPrefix(key)
  }

  private func stripped(_ line: String) -> String {
    guard let commentSigns else { return String(line.drop(while: \.isWhitespace)) }
    return String(line.drop { commentSigns.contains($0) })
  }

  /// A value that is no text is named with its type.
  private static func added(_ line: String, _ value: Value) -> String {
    let type: String? =
      switch value {
      case .string: nil
      case .null: "NoneType"
      case .bool: "bool"
      case .int: "int"
      case .double: "float"
      case .bytes: "bytes"
      case .list: "list"
      case .map: "dict"
      }
    guard let type else { return "+ \(line)" }
    var text = line[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return "+ \(text) (from \(type) type)\n"
  }
}
