extension Parser {
  /// More nesting than any expression a person writes.
  private static var deepest: Int { 200 }

  /// - Throws: when the expression nests too deep to be evaluated safely.
  func make(_ kind: Expression.Kind, at offset: Int, _ children: Int...) throws -> Expression {
    let depth = (children.max() ?? 0) + 1
    guard depth <= Self.deepest else {
      throw PlacedFailure("the expression nests more than \(Self.deepest) levels deep", at: offset, code: .limit)
    }
    return Expression(kind: kind, offset: offset, depth: depth)
  }

  func parseExpression() throws -> Expression { try nested { try $0.parseConditional() } }

  private func parseConditional() throws -> Expression {
    var expression = try parseOr()
    while current.isName("if") {
      let offset = advance().offset
      let wasSoft = isSoft
      isSoft = true
      defer { isSoft = wasSoft }
      let test = try parseOr()
      let otherwise = skip(name: "else") ? try nested { try $0.parseConditional() } : nil
      expression = try make(
        .conditional(test: test, then: expression, otherwise: otherwise), at: offset, test.depth, expression.depth,
        otherwise?.depth ?? 0)
    }
    return expression
  }

  func parseOr() throws -> Expression {
    var left = try parseAnd()
    while current.isName("or") {
      let offset = advance().offset
      let right = try parseAnd()
      left = try make(.or(left, right), at: offset, left.depth, right.depth)
    }
    return left
  }

  private func parseAnd() throws -> Expression {
    var left = try parseNot()
    while current.isName("and") {
      let offset = advance().offset
      let right = try parseNot()
      left = try make(.and(left, right), at: offset, left.depth, right.depth)
    }
    return left
  }

  private func parseNot() throws -> Expression {
    guard current.isName("not") else { return try parseComparison() }
    let offset = advance().offset
    let operand = try nested { try $0.parseNot() }
    return try make(.not(operand), at: offset, operand.depth)
  }

  private func parseComparison() throws -> Expression {
    let first = try parseSum()
    var rest: [Expression.Comparison] = []
    var depth = first.depth
    while let comparison = comparisonOperator() {
      let offset = advance().offset
      if comparison == .notWithin { advance() }
      let operand = try parseSum()
      depth = max(depth, operand.depth)
      rest.append(.init(comparison: comparison, operand: operand, offset: offset))
    }
    return rest.isEmpty ? first : try make(.comparison(first, rest), at: rest[0].offset, depth)
  }

  private func comparisonOperator() -> ComparisonOperator? {
    if current.kind == .name {
      if current.text == "in" { return .within }
      return current.text == "not" && next.isName("in") ? .notWithin : nil
    }
    guard current.kind == .symbol else { return nil }
    switch current.text {
    case "==": return .equal
    case "!=": return .notEqual
    case "<": return .less
    case "<=": return .lessOrEqual
    case ">": return .greater
    case ">=": return .greaterOrEqual
    default: return nil
    }
  }

  private func parseSum() throws -> Expression {
    var left = try parseConcatenation()
    while current.isSymbol("+") || current.isSymbol("-") {
      let token = advance()
      let right = try parseConcatenation()
      left = try make(
        .binary(token.text == "+" ? .add : .subtract, left, right), at: token.offset, left.depth, right.depth)
    }
    return left
  }

  private func parseConcatenation() throws -> Expression {
    var parts = [try parseProduct()]
    let offset = current.offset
    var depth = parts[0].depth
    while skip(symbol: "~") {
      let part = try parseProduct()
      depth = max(depth, part.depth)
      parts.append(part)
    }
    return parts.count == 1 ? parts[0] : try make(.concatenation(parts), at: offset, depth)
  }

  private func parseProduct() throws -> Expression {
    var left = try parsePower()
    while let symbol = productOperator() {
      let offset = advance().offset
      let right = try parsePower()
      left = try make(.binary(symbol, left, right), at: offset, left.depth, right.depth)
    }
    return left
  }

  private func productOperator() -> BinaryOperator? {
    guard current.kind == .symbol else { return nil }
    switch current.text {
    case "*": return .multiply
    case "/": return .divide
    case "//": return .floorDivide
    case "%": return .remainder
    default: return nil
    }
  }

  private func parsePower() throws -> Expression {
    var left = try parseUnary(withFilters: true)
    while current.isSymbol("**") {
      let offset = advance().offset
      let right = try parseUnary(withFilters: true)
      left = try make(.binary(.power, left, right), at: offset, left.depth, right.depth)
    }
    return left
  }

  private func parseUnary(withFilters: Bool) throws -> Expression {
    var expression: Expression
    if current.isSymbol("-") || current.isSymbol("+") {
      let token = advance()
      let operand = try nested { try $0.parseUnary(withFilters: false) }
      expression = try make(
        token.text == "-" ? .negate(operand) : .positive(operand), at: token.offset, operand.depth)
    } else {
      expression = try parsePrimary()
    }
    expression = try parsePostfix(expression)
    return withFilters ? try parseFiltersAndTests(expression) : expression
  }
}
