/// A slot: `__slot__:salt:module.function(argument, name=value).key.of.result ~ suffix`.
///
/// Arguments are texts; quotes are taken off, and white space outside of quotes is dropped, as Salt does.
struct SlotExpression: Sendable, Hashable {
  static let marker = "__slot__:"

  var function: String
  var positional: [String] = []
  var named: [String: String] = [:]
  /// What is taken from the result, dotted; empty for all of it.
  var path = ""
  /// Put behind the result; nil for nothing.
  var suffix: String?

  /// Nil for what is no slot, which Salt passes on as it is.
  init?(_ text: String) {
    let lead = Self.marker + "salt:"
    guard text.hasPrefix(lead) else { return nil }
    var scanner = Scanner(text: Array(text.dropFirst(lead.count)))
    guard let function = scanner.word(until: "("), !function.isEmpty else { return nil }
    self.function = function
    guard scanner.arguments(into: &self) else { return nil }
    let rest = String(scanner.text[scanner.index...])
    guard let tilde = rest.firstIndex(of: "~") else {
      path = Self.path(rest)
      return
    }
    path = Self.path(String(rest[..<tilde]))
    suffix = Self.unquoted(Self.trimmed(String(rest[rest.index(after: tilde)...])))
  }

  private static func path(_ text: String) -> String {
    guard let dot = text.firstIndex(of: ".") else { return "" }
    return trimmed(String(text[text.index(after: dot)...]))
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'" else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

extension SlotExpression {
  /// Reads words, quotes and brackets.
  private struct Scanner {
    let text: [Character]
    var index = 0

    mutating func word(until end: Character) -> String? {
      var word = ""
      while index < text.count {
        let character = text[index]
        index += 1
        if character == end { return word }
        if !character.isWhitespace { word.append(character) }
      }
      return nil
    }

    /// True when the bracket was closed.
    mutating func arguments(into slot: inout SlotExpression) -> Bool {
      var word = ""
      var key: String?
      var hasWord = false
      var open: [Character] = []
      func keep() {
        if let key { slot.named[key] = word } else if hasWord { slot.positional.append(word) }
      }
      while index < text.count {
        let character = text[index]
        index += 1
        switch character {
        case "\"", "'":
          guard let quoted = quoted(character) else { return false }
          word += quoted
          hasWord = true
        case ",", ")":
          guard open.isEmpty || (character == ")" && open.last != "(") else {
            if character == ")" { open.removeLast() }
            word.append(character)
            continue
          }
          keep()
          if character == ")" { return open.isEmpty }
          (word, key, hasWord) = ("", nil, false)
        case "(", "[", "{":
          open.append(character)
          word.append(character)
          hasWord = true
        case "]", "}":
          guard open.popLast() == (character == "]" ? "[" : "{") else { return false }
          word.append(character)
        case "=" where open.isEmpty && key == nil: (key, word) = (word, "")
        case _ where character.isWhitespace: continue
        default:
          word.append(character)
          hasWord = true
        }
      }
      return false
    }

    private mutating func quoted(_ quote: Character) -> String? {
      var word = ""
      while index < text.count {
        let character = text[index]
        index += 1
        if character == quote { return word }
        if character == "\\", index < text.count {
          let next = text[index]
          if next == quote || next == "\\" {
            word.append(next)
            index += 1
            continue
          }
        }
        word.append(character)
      }
      return nil
    }
  }
}
