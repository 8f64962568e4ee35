import Functions
import Targeting
import Value

/// The changes of lines that `file.line` makes; lines are with their ends.
struct LineEdit {
  enum Mode: String {
    case insert, ensure, delete, replace
  }

  var content: String?
  var match: String?
  var location: String?
  var before: String?
  var after: String?
  var indents = true

  /// Reads the arguments of `file.line`.
  init(_ arguments: Arguments) {
    content = arguments.optionalString("content")
    match = arguments.optionalString("match")
    location = arguments.optionalString("location")
    before = arguments.optionalString("before")
    after = arguments.optionalString("after")
    indents = arguments.bool("indent")
  }

  /// The text after the change.
  func applied(to text: String, _ mode: Mode) throws -> String {
    var lines = TextLines.split(text, at: .newlines)
    // As in Salt, what comes after the last newline counts as a line.
    if let last = lines.last, !Self.ending(of: last).isEmpty { lines.append("") }
    try change(&lines, mode)
    for index in lines.indices where index + 1 < lines.count && Self.ending(of: lines[index]).isEmpty {
      lines[index] = Self.ended(lines[index], like: lines[index > 1 ? index - 1 : min(1, lines.count - 1)])
    }
    if lines.last == "" { lines.removeLast() }
    return lines.joined()
  }

  private func change(_ lines: inout [String], _ mode: Mode) throws {
    var match = match
    if match?.isEmpty ?? true, before == nil, after == nil { match = content }
    let found = try Self.found(match, in: lines)
    let content = content ?? ""
    switch mode {
    case .delete:
      if let line = found?.first { lines.removeAll { Self.isSame($0, line) } }
    case .replace:
      guard let line = found?.first, let index = Self.index(of: line, lines) else { return }
      lines[index] = indented(content, like: line)
    case .insert: try insert(content, &lines)
    case .ensure: try ensure(content, &lines)
    }
  }

  private func insert(_ content: String, _ lines: inout [String]) throws {
    guard before != nil || after != nil || location != nil else {
      throw StateRefusal("On insert either \"location\" or \"before/after\" conditions are required.")
    }
    if let location, !location.isEmpty {
      if location == "end" {
        lines.append(lines.last.map { indented(content, like: $0) } ?? content)
      } else if location == "start" {
        lines.insert(lines.first.map { Self.ended(content, like: $0) } ?? content + "\n", at: 0)
      }
      return
    }
    let before = try Self.found(before, in: lines) ?? []
    let after = try Self.found(after, in: lines) ?? []
    if !before.isEmpty, !after.isEmpty {
      let end = try Self.single(before, "before", lines)
      _ = try Self.single(after, "after", lines)
      lines.insert(indented(content, like: lines[end]), at: end)
    } else if !after.isEmpty {
      let index = try Self.single(after, "after", lines)
      if index + 1 >= lines.count || !Self.isSame(Self.bare(lines[index + 1]), Self.bare(content)) {
        lines.insert(indented(content, like: lines[index]), at: index + 1)
      }
    } else if !before.isEmpty {
      let index = try Self.single(before, "before", lines)
      let previous = index == 0 ? lines[lines.count - 1] : lines[index - 1]
      if !Self.isSame(Self.bare(previous), Self.bare(content)) {
        lines.insert(indented(content, like: lines[index]), at: index)
      }
    } else {
      throw StateRefusal("Neither before or after was found in file")
    }
  }

  private func ensure(_ content: String, _ lines: inout [String]) throws {
    let before = try Self.found(before, in: lines) ?? []
    let after = try Self.found(after, in: lines) ?? []
    if !before.isEmpty, !after.isEmpty {
      let first = try Self.single(after, "after", lines)
      let last = try Self.single(before, "before", lines)
      guard !lines.contains(where: { Self.isSame(Self.leading($0), content) }) else { return }
      let line = indented(content, like: lines[first])
      if first + 1 == last {
        lines.insert(line, at: first + 1)
      } else if first + 2 == last {
        lines[first + 1] = line
      } else {
        throw StateRefusal("Found more than one line between boundaries \"before\" and \"after\".")
      }
    } else if !before.isEmpty {
      let index = try Self.single(before, "before", lines)
      let previous = index == 0 ? lines[lines.count - 1] : lines[index - 1]
      if index == 0 || !Self.isSame(Self.bare(previous), Self.bare(content)) {
        lines.insert(indented(content, like: previous), at: index)
      }
    } else if !after.isEmpty {
      let index = try Self.single(after, "after", lines)
      if index + 1 >= lines.count || !Self.isSame(Self.bare(lines[index + 1]), Self.bare(content)) {
        lines.insert(indented(content, like: lines[index]), at: index + 1)
      }
    } else {
      throw StateRefusal(
        "Wrong conditions? Unable to ensure line without knowing where to put it before and/or after.")
    }
  }

  // MARK: Lines

  /// The lines in which an expression is found, or which hold it as it is; nil without one.
  private static func found(_ pattern: String?, in lines: [String]) throws -> [String]? {
    guard let pattern, !pattern.isEmpty, !lines.isEmpty else { return nil }
    let expression: RegularExpression
    do {
      expression = try RegularExpression(pattern, options: .dotAll)
    } catch {
      throw StateRefusal("\(error.message): '\(pattern)'")
    }
    return try lines.filter { try expression.firstMatch(in: $0) != nil || $0.contains(pattern) }
  }

  /// Where the only line is that was found.
  private static func single(_ found: [String], _ name: String, _ lines: [String]) throws -> Int {
    guard found.count <= 1 else {
      throw StateRefusal("Found more than expected occurrences in \"\(name)\" expression")
    }
    return found.first.flatMap { index(of: $0, lines) } ?? 0
  }

  private static func index(of line: String, _ lines: [String]) -> Int? { lines.firstIndex { isSame($0, line) } }

  /// The same bytes; two writings of a letter are not.
  private static func isSame(_ first: String, _ second: String) -> Bool { first.utf8.elementsEqual(second.utf8) }

  private func indented(_ line: String, like source: String) -> String {
    guard indents else { return line }
    let indent = source.utf8.prefix { $0 == 0x20 || $0 == 0x09 }
    return String(decoding: indent, as: UTF8.self) + Self.leading(line)
  }

  private static func leading(_ line: String) -> String { String(line.drop(while: \.isWhitespace)) }

  private static func ended(_ line: String, like source: String) -> String {
    var text = line[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    let end = ending(of: source)
    return text + (end.isEmpty ? "\n" : end)
  }

  private static func bare(_ line: String) -> String {
    var text = line[...]
    while let last = text.last, last == "\n" || last == "\r" || last == "\r\n" { text.removeLast() }
    return String(text)
  }

  private static func ending(of line: String) -> String {
    line.last == "\r\n" ? "\r\n" : line.last == "\n" ? "\n" : line.last == "\r" ? "\r" : ""
  }
}
