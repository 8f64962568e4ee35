extension Parser {
  func parsePrimary() throws -> Expression {
    let token = current
    switch token.kind {
    case .name:
      advance()
      switch token.text {
      case "true", "True": return try make(.constant(.bool(true)), at: token.offset)
      case "false", "False": return try make(.constant(.bool(false)), at: token.offset)
      case "none", "None": return try make(.constant(.none), at: token.offset)
      default: return try make(.name(reference(token.text)), at: token.offset)
      }
    case .string:
      advance()
      var text = token.text
      while current.kind == .string { text += advance().text }
      return try make(.constant(.string(text)), at: token.offset)
    case .integer:
      advance()
      return try make(.constant(.int(Int64(token.text) ?? 0)), at: token.offset)
    case .float:
      advance()
      return try make(.constant(.double(Double(token.text) ?? 0)), at: token.offset)
    case .symbol where token.text == "(":
      advance()
      let inner = try nested { try $0.parseTuple(isParenthesized: true) }
      try expect(symbol: ")")
      return inner
    case .symbol where token.text == "[": return try nested { try $0.parseList() }
    case .symbol where token.text == "{": return try nested { try $0.parseDict() }
    default: throw PlacedFailure("unexpected '\(token.description)'", at: token.offset)
    }
  }

  /// One expression, or several with commas between them, which are a tuple.
  func parseTuple(
    isParenthesized: Bool = false, withConditional: Bool = true, end: String? = nil
  ) throws -> Expression {
    var elements: [Expression] = []
    var isTuple = false
    let offset = current.offset
    while true {
      if !elements.isEmpty { try expect(symbol: ",") }
      if isTupleEnd(end) { break }
      elements.append(withConditional ? try parseExpression() : try nested { try $0.parseOr() })
      guard current.isSymbol(",") else { break }
      isTuple = true
    }
    if !isTuple {
      if let only = elements.first { return only }
      guard isParenthesized else {
        throw PlacedFailure("Expected an expression, got '\(current.description)'", at: current.offset)
      }
    }
    return try make(.tuple(elements), at: offset, elements.map(\.depth).max() ?? 0)
  }

  func isTupleEnd(_ end: String?) -> Bool {
    switch current.kind {
    case .variableEnd, .blockEnd: true
    case .symbol: current.text == ")"
    case .name: current.text == end
    default: false
    }
  }

  private func parseList() throws -> Expression {
    let offset = try expect(symbol: "[").offset
    var elements: [Expression] = []
    while !current.isSymbol("]") {
      if !elements.isEmpty { try expect(symbol: ",") }
      if current.isSymbol("]") { break }
      elements.append(try parseExpression())
    }
    try expect(symbol: "]")
    return try make(.list(elements), at: offset, elements.map(\.depth).max() ?? 0)
  }

  private func parseDict() throws -> Expression {
    let offset = try expect(symbol: "{").offset
    var pairs: [Expression.Pair] = []
    var depth = 0
    while !current.isSymbol("}") {
      if !pairs.isEmpty { try expect(symbol: ",") }
      if current.isSymbol("}") { break }
      let key = try parseExpression()
      try expect(symbol: ":")
      let value = try parseExpression()
      depth = max(depth, key.depth, value.depth)
      pairs.append(.init(key: key, value: value))
    }
    try expect(symbol: "}")
    return try make(.dict(pairs), at: offset, depth)
  }
}
