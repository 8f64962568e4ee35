import OrderedCollections
import Value

/// Splits a compound expression into words at white space and writes nodegroups out in place, as Salt does.
///
/// Salt puts a group in parentheses only when it is used by another group or uses one itself. A group of plain words is
/// put in as it stands, so with `web: 'a* or b*'` the target `N@web and x*` is `a* or b* and x*`. Same targets must
/// give the same hosts as in Salt, so it is the same here; `( N@web ) and x*` says it without doubt.
struct CompoundWords {
  private(set) var words: [CompoundWord] = []
  private let nodegroups: ValueMap

  init(nodegroups: ValueMap) { self.nodegroups = nodegroups }

  /// White space as Python splits at.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  static func split(_ text: String) -> [CompoundWord] {
    var words: [CompoundWord] = []
    var word = String.UnicodeScalarView()
    var start = 1
    var column = 1
    func finish() {
      guard !word.isEmpty else { return }
      words.append(CompoundWord(String(word), at: SourcePosition(text: text, column: start)))
      word = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if isSpace(scalar) {
        finish()
      } else {
        if word.isEmpty { start = column }
        word.append(scalar)
      }
      column += 1
    }
    finish()
    return words
  }

  /// Appends the words of an expression.
  mutating func append(_ text: String) throws(TargetError) {
    for word in Self.split(text) {
      if let name = Self.nodegroupName(word) {
        try append(nodegroup: name, at: word.position)
      } else {
        try append(word)
      }
    }
  }

  /// Appends what the nodegroup stands for.
  mutating func append(nodegroup name: String, at position: SourcePosition) throws(TargetError) {
    let definition = try definition(of: name, at: position)
    let isNested = definition.contains { Self.nodegroupName($0) != nil }
    if isNested {
      try append(nested: name, definition, at: position, path: [])
    } else {
      for word in NodegroupShorthand.expand(definition, at: position) { try append(word) }
    }
  }

  private mutating func append(
    nested name: String, _ definition: [CompoundWord], at position: SourcePosition, path: [String]
  ) throws(TargetError) {
    let path = path + [name]
    try append(CompoundWord(.open, "(", at: position))
    for word in definition {
      guard let inner = Self.nodegroupName(word) else {
        try append(word)
        continue
      }
      if path.contains(inner) {
        let cycle = (path.drop { $0 != inner } + [inner]).joined(separator: " → ")
        throw TargetError(.nodegroupCycle, "Nodegroup '\(inner)' contains itself: \(cycle).", at: word.position)
      }
      guard path.count < TargetLimits.nesting else {
        throw TargetError(.tooLarge, "Nodegroups are nested at most \(TargetLimits.nesting) deep.", at: word.position)
      }
      let words = try self.definition(of: inner, at: word.position)
      let short = NodegroupShorthand.expand(words, at: word.position)
      if short.count == 1, words.count != 1 || short[0].text != words[0].text {
        try append(short[0])
      } else {
        try append(nested: inner, words, at: word.position, path: path)
      }
    }
    try append(CompoundWord(.close, ")", at: position))
  }

  private mutating func append(_ word: CompoundWord) throws(TargetError) {
    guard words.count < TargetLimits.words else {
      throw TargetError(.tooLarge, "A target has at most \(TargetLimits.words) words.", at: word.position)
    }
    words.append(word)
  }

  /// The name in `N@name`.
  private static func nodegroupName(_ word: CompoundWord) -> String? {
    guard word.role == .term, word.text.hasPrefix("N@"), word.text.utf8.count > 2 else { return nil }
    return String(word.text.dropFirst(2))
  }

  private func definition(of name: String, at position: SourcePosition) throws(TargetError) -> [CompoundWord] {
    switch nodegroups[.string(name)] {
    case .string(let text):
      guard text.utf8.count <= TargetLimits.textBytes else {
        throw TargetError(.tooLarge, "Nodegroup '\(name)' is over \(TargetLimits.textBytes) bytes.", at: position)
      }
      return Self.split(text)
    case .list(let items):
      return try words(of: items, in: name, at: position)
    case nil:
      let names = nodegroups.keys.map(\.description).sorted()
      let known = names.isEmpty ? "none is configured" : "there are: \(names.prefix(20).joined(separator: ", "))"
      throw TargetError(.unknownNodegroup, "There is no nodegroup '\(name)'; \(known).", at: position)
    default:
      throw TargetError(
        .badNodegroup, "Nodegroup '\(name)' is neither an expression nor a list of its words.", at: position)
    }
  }

  /// A list's elements are one word each, white space included.
  private func words(
    of items: [Value], in name: String, at position: SourcePosition
  ) throws(TargetError) -> [CompoundWord] {
    let texts = items.map(\.description)
    let whole = texts.joined(separator: " ")
    var column = 1
    var words: [CompoundWord] = []
    for (item, text) in zip(items, texts) {
      switch item {
      case .string, .int, .double, .bool: break
      default:
        throw TargetError(
          .badNodegroup, "Nodegroup '\(name)' holds \(item.kindName); its elements are words.", at: position)
      }
      if !text.isEmpty { words.append(CompoundWord(text, at: SourcePosition(text: whole, column: column))) }
      column += text.unicodeScalars.count + 1
    }
    return words
  }
}
