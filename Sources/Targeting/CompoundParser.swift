/// Reads the words of a compound expression: `not` binds closest, then `and`, then `or`; `a not b` means `a and not b`.
struct CompoundParser {
  private let words: [CompoundWord]
  private let text: String
  private var index = 0

  static func parse(_ words: [CompoundWord], in text: String) throws(TargetError) -> TargetExpression {
    var parser = CompoundParser(words: words, text: text)
    let expression = try parser.either(depth: 0)
    if let word = parser.next {
      let message = word.role == .close ? "There is no '(' for this ')'." : parser.missing(word)
      throw TargetError(.syntax, message, at: word.position)
    }
    return expression
  }

  private init(words: [CompoundWord], text: String) {
    self.words = words
    self.text = text
  }

  private var next: CompoundWord? { index < words.count ? words[index] : nil }

  private func missing(_ word: CompoundWord) -> String {
    let lowered = word.text.lowercased()
    let isOperator = lowered != word.text && ["and", "or", "not"].contains(lowered)
    return isOperator
      ? "Operators are lower case: '\(lowered)'." : "There is no 'and' or 'or' before '\(word.text)'."
  }

  private mutating func either(depth: Int) throws(TargetError) -> TargetExpression {
    var parts = [try both(depth: depth)]
    while next?.role == .or {
      index += 1
      parts.append(try both(depth: depth))
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func both(depth: Int) throws(TargetError) -> TargetExpression {
    var parts = [try negation(depth: depth)]
    while let word = next, word.role == .and || word.role == .not {
      if word.role == .and { index += 1 }
      parts.append(try negation(depth: depth))
    }
    return parts.count == 1 ? parts[0] : .every(parts)
  }

  private mutating func negation(depth: Int) throws(TargetError) -> TargetExpression {
    guard let word = next, word.role == .not else { return try primary(depth: depth) }
    index += 1
    if let second = next, second.role == .not {
      throw TargetError(.syntax, "'not' stands twice.", at: second.position)
    }
    return .not(try primary(depth: depth))
  }

  private mutating func primary(depth: Int) throws(TargetError) -> TargetExpression {
    guard let word = next else { throw unfinished() }
    switch word.role {
    case .term:
      index += 1
      return .term(try CompoundTerm.parse(word))
    case .nobody:
      index += 1
      return .term(.nobody)
    case .open:
      return try parenthesis(word, depth: depth)
    case .close:
      let before = index > 0 ? words[index - 1].role : nil
      let message =
        switch before {
        case nil: "There is no '(' for this ')'."
        case .open: "Nothing stands between these parentheses."
        default: "A term is missing before ')'."
        }
      throw TargetError(.syntax, message, at: word.position)
    case .and, .or, .not:
      throw TargetError(.syntax, "There is no term before '\(word.text)'.", at: word.position)
    }
  }

  private mutating func parenthesis(_ open: CompoundWord, depth: Int) throws(TargetError) -> TargetExpression {
    guard depth < TargetLimits.nesting else {
      throw TargetError(.tooLarge, "Parentheses are nested at most \(TargetLimits.nesting) deep.", at: open.position)
    }
    index += 1
    let inner = try either(depth: depth + 1)
    guard let word = next else {
      throw TargetError(
        .syntax, "There is no ')' for this '('; parentheses need a space on both sides.", at: open.position)
    }
    guard word.role == .close else { throw TargetError(.syntax, missing(word), at: word.position) }
    index += 1
    return inner
  }

  /// The error for an expression that ends after an operator or a parenthesis.
  private func unfinished() -> TargetError {
    guard let last = words.last else {
      return TargetError(.empty, "The target is empty.", at: SourcePosition(text: text, column: 1))
    }
    return TargetError(.syntax, "A term is missing after '\(last.text)'.", at: last.position)
  }
}
