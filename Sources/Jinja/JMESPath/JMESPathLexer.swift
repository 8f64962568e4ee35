import Value

/// Splits a JMESPath expression into words.
struct JMESPathLexer {
  /// Longer expressions are refused.
  private static let lengthLimit = 64 << 10

  private let characters: [Unicode.Scalar]
  private var index = 0

  static func tokens(_ text: String) throws(JMESPathError) -> [JMESPathToken] {
    guard text.utf8.count <= lengthLimit else { throw JMESPathError("the expression is longer than 64 KiB") }
    guard !text.isEmpty else { throw JMESPathError("Invalid JMESPath expression: cannot be empty.") }
    var lexer = JMESPathLexer(text)
    var tokens: [JMESPathToken] = []
    while let token = try lexer.next() { tokens.append(token) }
    return tokens + [JMESPathToken(kind: .end, position: lexer.index)]
  }

  private init(_ text: String) { characters = Array(text.unicodeScalars) }

  private var current: Unicode.Scalar? { index < characters.count ? characters[index] : nil }

  private mutating func next() throws(JMESPathError) -> JMESPathToken? {
    while let space = current, [" ", "\t", "\n", "\r"].contains(space) { index += 1 }
    let start = index
    guard let first = current else { return nil }
    index += 1
    func token(_ kind: JMESPathToken.Kind, _ value: Value = .null) -> JMESPathToken {
      JMESPathToken(kind: kind, value: value, position: start)
    }
    switch first {
    case ".": return token(.dot)
    case "*": return token(.star)
    case "]": return token(.closingBracket)
    case ",": return token(.comma)
    case ":": return token(.colon)
    case "@": return token(.current)
    case "(": return token(.parenthesis)
    case ")": return token(.closingParenthesis)
    case "{": return token(.brace)
    case "}": return token(.closingBrace)
    case "[": return token(take("]") ? .flatten : take("?") ? .filter : .bracket)
    case "|": return token(take("|") ? .or : .pipe)
    case "&": return token(take("&") ? .and : .expression)
    case "<": return token(take("=") ? .lessOrEqual : .less)
    case ">": return token(take("=") ? .greaterOrEqual : .greater)
    case "!": return token(take("=") ? .unequal : .not)
    case "=":
      guard take("=") else { throw JMESPathError("Unknown token '='", at: start) }
      return token(.equal)
    case "'": return token(.literal, .string(try delimited("'", start).replacing("\\'", with: "'")))
    case "`": return token(.literal, try literal(start))
    case "\"":
      guard let name = try? JSONParser.parse("\"\(try delimited("\"", start))\"") else {
        throw JMESPathError("The quoted name is no JSON string", at: start)
      }
      return token(.quotedIdentifier, name)
    case "-", "0"..."9":
      let digits = String(first) + rest { ("0"..."9").contains($0) }
      guard let number = Int64(digits) else { throw JMESPathError("Unknown token '\(digits)'", at: start) }
      return token(.number, .int(number))
    case _ where Self.isNameStart(first):
      let name = String(first) + rest { Self.isNameStart($0) || ("0"..."9").contains($0) }
      return token(.identifier, .string(name))
    default: throw JMESPathError("Unknown token \(first)", at: start)
    }
  }

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    index += 1
    return true
  }

  private mutating func rest(while isPart: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = current, isPart(scalar) {
      text.append(scalar)
      index += 1
    }
    return String(text)
  }

  /// What stands before the closing delimiter, backslashes kept.
  private mutating func delimited(_ end: Unicode.Scalar, _ start: Int) throws(JMESPathError) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = current {
      index += 1
      if scalar == end { return String(text) }
      text.append(scalar)
      if scalar == "\\", let escaped = current {
        text.append(escaped)
        index += 1
      }
    }
    throw JMESPathError("Unclosed \(end) delimiter", at: start)
  }

  /// JSON; what is none is a string, as older expressions have it.
  private mutating func literal(_ start: Int) throws(JMESPathError) -> Value {
    let text = try delimited("`", start).replacing("\\`", with: "`")
    if let value = try? JSONParser.parse(text) { return value }
    let string = text.drop { $0.isWhitespace }
    if let value = try? JSONParser.parse("\"\(string)\"") { return value }
    throw JMESPathError("Bad token \(text)", at: start)
  }
}
