import HostSystem

extension Crontab {
  /// Reads a crontab. Nothing is an error: a line that is not understood is kept as it is.
  init(parsing text: String) {
    let lines = text.splitLines()
    guard let marker = lines.firstIndex(of: Self.marker) else {
      unmanaged = lines
      return
    }
    unmanaged = Array(lines[..<marker])
    var note = Note()
    for line in lines[(marker + 1)...] where line != Self.marker {
      let isCommented = line.hasPrefix(Self.disabledTag)
      let body = isCommented ? line.dropFirst(Self.disabledTag.count) : line[...]
      if body.first == "#" {
        note.read(body)
      } else if let (schedule, command) = Self.job(body) {
        append(
          CronEntry(
            schedule: schedule, command: command, comment: note.comment, identifier: note.identifier,
            isCommented: isCommented))
        note = Note()
      } else if !isCommented, let variable = Self.variable(body) {
        variables.append(variable)
      } else if !line.trimmed().isEmpty {
        others.append(line)
      }
    }
    // Comments that no job follows.
    others += note.lines
  }

  /// The comment lines above a job.
  private struct Note {
    var comment: String?
    var identifier: String?
    var lines: [String] = []

    mutating func read(_ line: Substring) {
      lines.append(String(line))
      var text = String(line.drop { $0 == "#" || $0 == " " })
      if let tag = text.range(ofText: Crontab.identifierTag) {
        let rest = text[tag.upperBound...].dropFirst()
        if !rest.isEmpty { identifier = String(rest) }
        text = String(text[..<tag.lowerBound]).trimmedAtEnd()
      }
      comment = comment.map { "\($0)\n\(text)" } ?? text
    }
  }

  /// A line with five time fields or a word, and a command.
  private static func job(_ line: Substring) -> (CronSchedule, String)? {
    var rest = line.drop(while: \.isBlank)
    let isSpecial = rest.first == "@"
    var words: [String] = []
    for _ in 0..<(isSpecial ? 1 : 5) {
      let word = rest.prefix { !$0.isBlank }
      guard !word.isEmpty else { return nil }
      // `NAME = value of many words` is a variable, not a job.
      if words.isEmpty, !isSpecial, variable(line) != nil { return nil }
      words.append(String(word))
      rest = rest[word.endIndex...].drop(while: \.isBlank)
    }
    guard !rest.isEmpty else { return nil }
    if isSpecial { return (.special(words[0]), String(rest)) }
    return CronTimes(words).map { (.times($0), String(rest)) }
  }

  /// `NAME=value`, with or without blanks around the sign.
  private static func variable(_ line: Substring) -> Variable? {
    guard let sign = line.firstIndex(of: "=") else { return nil }
    let name = line[..<sign].trimmed()
    guard !name.isEmpty, !name.contains(where: \.isBlank) else { return nil }
    var value = line[line.index(after: sign)...]
    if line[..<sign].last?.isBlank == true { value = value.drop(while: \.isBlank) }
    return Variable(name: name, value: String(value))
  }
}

extension Character {
  fileprivate var isBlank: Bool { self == " " || self == "\t" }
}

extension String {
  /// Where a text first stands in it.
  fileprivate func range(ofText text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }

  fileprivate func trimmedAtEnd() -> String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
