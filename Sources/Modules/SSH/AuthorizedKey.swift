import Functions
import HostSystem

/// One key of authorized_keys(5): options, type, key, comment.
struct AuthorizedKey: Sendable, Hashable {
  var options: [String]
  var type: String
  var key: String
  var comment: String

  init(options: [String], type: String, key: String, comment: String) {
    self.options = options
    self.type = type
    self.key = key
    self.comment = comment
  }

  /// Nil for a comment, an empty line and what sshd would pass over too.
  init?(line: String) {
    guard let parts = Self.parts(line), parts.words.count >= 2 else { return nil }
    options = parts.options
    type = parts.words[0]
    key = parts.words[1]
    comment = parts.words.dropFirst(2).joined(separator: " ")
  }

  /// The line of the file, without its end.
  var line: String {
    let lead = options.isEmpty ? "" : options.joined(separator: ",") + " "
    return lead + [type, key, comment].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Whether both say the same: how many blanks stand in a comment does not matter.
  func isSame(as other: AuthorizedKey) -> Bool {
    options.joined(separator: ",") == other.options.joined(separator: ",") && type == other.type && key == other.key
      && comment.fields() == other.comment.fields()
  }

  /// As sshd reads a line: a key type first, or options up to the first blank that is not quoted, then a key type.
  private static func parts(_ line: String) -> (words: [String], options: [String])? {
    let line = line.trimmed()
    guard !line.hasPrefix("#") else { return nil }
    let first = line.prefix { !$0.isWhitespace }
    if SSHKeyType.isName(first) { return (line.fields(), []) }
    guard let (options, rest) = optionsAndRest(line) else { return nil }
    let words = rest.fields()
    guard let type = words.first, SSHKeyType.isName(type[...]) else { return nil }
    return (words, options)
  }

  /// Options are parted by commas; within double quotes neither a comma nor a blank counts, and `\"` is a quote.
  private static func optionsAndRest(_ line: String) -> (options: [String], rest: Substring)? {
    var options: [String] = []
    var option = ""
    var isQuoted = false
    var index = line.startIndex
    while index < line.endIndex {
      let character = line[index]
      let next = line.index(after: index)
      if character == "\\", next < line.endIndex, line[next] == "\"" {
        option += "\\\""
        index = line.index(after: next)
        continue
      }
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character.isWhitespace {
        options.append(option)
        return (options, line[next...])
      }
      if !isQuoted, character == "," {
        options.append(option)
        option = ""
      } else {
        option.append(character)
      }
      index = next
    }
    return nil
  }
}
