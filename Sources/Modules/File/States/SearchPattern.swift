import Targeting
import Value

/// Patterns with Python's flags, as `file.replace` and `file.search` take them.
enum SearchPattern {
  /// - Parameter flags: a number, a name or a list of names of Python's `re` flags.
  static func options(_ flags: Value) throws -> RegularExpression.Options {
    var options: RegularExpression.Options = []
    switch flags {
    case .null: return []
    case .int(let number):
      if number & 2 != 0 { options.insert(.ignoreCase) }
      if number & 8 != 0 { options.insert(.multiline) }
      if number & 16 != 0 { options.insert(.dotAll) }
      if number & 64 != 0 { options.insert(.verbose) }
    case .string, .list:
      for flag in flags.listValue ?? [flags] {
        switch flag.description.uppercased() {
        case "IGNORECASE", "I": options.insert(.ignoreCase)
        case "MULTILINE", "M": options.insert(.multiline)
        case "DOTALL", "S": options.insert(.dotAll)
        case "VERBOSE", "X": options.insert(.verbose)
        case "UNICODE", "U", "LOCALE", "L", "ASCII", "A": break
        default: throw StateRefusal("Invalid re flag given: \(flag)")
        }
      }
    default:
      throw StateRefusal(
        "Invalid re flags: \"\(flags)\", must be given either as a single flag string, a list of strings, as an "
          + "integer, or as an re flag")
    }
    return options
  }

  /// Whether a text has a match, lines each by themselves (`file.search` with `multiline`).
  static func finds(_ pattern: String, in text: String) throws -> Bool {
    try RegularExpression(pattern, options: .multiline).firstMatch(in: text) != nil
  }

  /// A pattern for a text in which white space is as one likes between words and at both ends of lines.
  static func ignoringWhitespace(_ text: String) -> String {
    var pattern = ""
    for line in TextLines.split(text, at: .text, keepsEnds: false) {
      let words = line.split(whereSeparator: \.isWhitespace).map { RegularExpression.escaped(String($0)) }
      pattern += "(?:[\\s]+)?\(words.joined(separator: "(?:[\\s]+)?"))(?:[\\s]+)?"
    }
    return "(?m)^\(pattern)$"
  }
}
