import Targeting
import Value

/// A part of a text between two marker lines.
struct MarkedBlock: Sendable {
  var start: String
  var end: String
  var content: String
  /// True puts the end marker on a line of its own; nil does when the content does not end in a newline.
  var appendsNewline: Bool?

  enum Absence: Sendable {
    case refuse, append, prepend
    /// At the first line that the expression is found in.
    case before(RegularExpression)
    case after(RegularExpression)
  }

  /// Why nothing was replaced.
  enum Fault: Error, Sendable {
    case unterminated, absent
  }

  /// The text with the block's content in place of what is between the markers.
  ///
  /// - Throws: `Fault`, and what searching for the place throws.
  func replaced(in text: String, ifAbsent absence: Absence) throws -> String {
    let lines = Self.lines(text)
    let newline = lines.first?.hasSuffix("\r\n") == true ? "\r\n" : "\n"
    var result: [String] = []
    var isInside = false
    var isFound = false
    for line in lines {
      if line.contains(start) {
        isInside = true
        result.append(line)
      } else if isInside {
        guard let position = Self.position(of: end, in: line) else { continue }
        isInside = false
        isFound = true
        result.append(body(newline, endLine: line[position...]))
      } else {
        result.append(line)
      }
    }
    guard !isInside else { throw Fault.unterminated }
    if isFound { return result.joined() }
    let block = start + newline + body(newline, endLine: end[...])
    switch absence {
    case .prepend: return block + result.joined()
    case .append:
      if let last = result.last, !last.hasSuffix("\n"), last.last != "\r\n" { result.append(newline) }
      return result.joined() + block
    case .before(let expression):
      let place = try Self.place(of: expression, lines)
      return (lines[..<place] + [block] + lines[place...]).joined()
    case .after(let expression):
      let place = try Self.place(of: expression, lines)
      return (lines[...place] + [block] + lines[(place + 1)...]).joined()
    case .refuse: throw Fault.absent
    }
  }

  private static func place(of expression: RegularExpression, _ lines: [String]) throws -> Int {
    for (index, line) in lines.enumerated() where try expression.firstMatch(in: line) != nil { return index }
    throw Fault.absent
  }

  /// The content and the end marker.
  private func body(_ newline: String, endLine: Substring) -> String {
    var marker = endLine
    while let last = marker.last, last.isNewline { marker.removeLast() }
    let parts = content.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    let isApart = appendsNewline ?? (content.last?.isNewline != true)
    return parts.joined(separator: newline) + (isApart ? newline : "") + marker + newline
  }

  /// The lines with their ends.
  private static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for character in text {
      line.append(character)
      if character == "\n" || character == "\r\n" {
        lines.append(line)
        line = ""
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static func position(of marker: String, in line: String) -> String.Index? {
    var index = line.startIndex
    while index < line.endIndex {
      if line[index...].hasPrefix(marker) { return index }
      index = line.index(after: index)
    }
    return nil
  }
}
