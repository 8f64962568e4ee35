import Functions

/// Pieces of SQL put together from what users say.
enum PostgresText {
  /// A quoted identifier.
  static func name(_ text: String) throws(FunctionError) -> String { try quoted(text, "\"") }

  /// A quoted string. A backslash stands for itself, whatever the server's settings.
  static func literal(_ text: String) throws(FunctionError) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return try quoted(text, "'") }
    let doubled = text.reduce(into: "") { $0 += $1 == "\\" ? "\\\\" : String($1) }
    return "E" + (try quoted(doubled, "'"))
  }

  /// A word that stands bare in a statement: a version, an option's name or number.
  static func word(_ text: String, _ what: String) throws(FunctionError) -> String {
    let isWord =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
          true
        default: false
        }
      }
    guard isWord else {
      throw FunctionError(.badArguments, "'\(text.shownOnOneLine)' is no \(what): letters, digits, `_` and `.` only.")
    }
    return text
  }

  private static func quoted(_ text: String, _ quote: Character) throws(FunctionError) -> String {
    guard !text.utf8.contains(0) else { throw FunctionError(.badArguments, "A NUL cannot be in a statement of SQL.") }
    return text.reduce(into: String(quote)) { result, character in
      result.append(character)
      if character == quote { result.append(character) }
    } + String(quote)
  }

  /// The rows of comma-separated values (RFC 4180).
  static func rows(_ text: [UInt8]) -> [[String]] {
    let quote = UInt8(ascii: "\"")
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if isQuoted {
        guard byte == quote else {
          field.append(byte)
          continue
        }
        if index < text.count, text[index] == quote {
          field.append(quote)
          index += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case quote: isQuoted = true
      case UInt8(ascii: ","), UInt8(ascii: "\n"):
        row.append(String(decoding: field, as: UTF8.self))
        field = []
        guard byte == UInt8(ascii: "\n") else { continue }
        rows.append(row)
        row = []
      case UInt8(ascii: "\r"): break
      default: field.append(byte)
      }
    }
    if !field.isEmpty || !row.isEmpty { rows.append(row + [String(decoding: field, as: UTF8.self)]) }
    return rows
  }
}
