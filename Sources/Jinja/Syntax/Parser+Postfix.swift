import Value

extension Parser {
  func parsePostfix(_ start: Expression) throws -> Expression {
    var expression = start
    while current.kind == .symbol {
      switch current.text {
      case ".", "[": expression = try parseSubscript(expression)
      case "(": expression = try parseCall(expression)
      default: return expression
      }
    }
    return expression
  }

  func parseFiltersAndTests(_ start: Expression) throws -> Expression {
    var expression = start
    while true {
      if current.isSymbol("|") {
        expression = try parseFilter(expression)
      } else if current.isName("is") {
        expression = try parseTest(expression)
      } else if current.isSymbol("(") {
        expression = try parseCall(expression)
      } else {
        return expression
      }
    }
  }

  private func parseSubscript(_ value: Expression) throws -> Expression {
    let token = advance()
    if token.text == "." {
      let name = advance()
      if name.kind == .name { return try make(.attribute(value, name.text), at: name.offset, value.depth) }
      guard name.kind == .integer, let index = Int64(name.text) else {
        throw PlacedFailure("expected name or number", at: name.offset)
      }
      return try make(
        .item(value, try make(.constant(.int(index)), at: name.offset)), at: name.offset, value.depth)
    }
    var keys: [Expression] = []
    while !current.isSymbol("]") {
      if !keys.isEmpty { try expect(symbol: ",") }
      if keys.isEmpty, let slice = try parseSlice(value, nil, at: token.offset) { return slice }
      let key = try parseExpression()
      if keys.isEmpty, let slice = try parseSlice(value, key, at: token.offset) { return slice }
      keys.append(key)
    }
    try expect(symbol: "]")
    let depth = max(value.depth, keys.map(\.depth).max() ?? 0)
    let key = keys.count == 1 ? keys[0] : try make(.tuple(keys), at: token.offset, depth)
    return try make(.item(value, key), at: token.offset, depth + 1)
  }

  /// The rest of `[start:end:step]` when a colon follows.
  private func parseSlice(
    _ value: Expression, _ start: Expression?, at offset: Int
  ) throws -> Expression? {
    guard skip(symbol: ":") else { return nil }
    func isPartEnd(_ token: Token) -> Bool { token.isSymbol(":") || token.isSymbol("]") }
    let end = isPartEnd(current) ? nil : try parseExpression()
    var step: Expression?
    if skip(symbol: ":"), !isPartEnd(current) { step = try parseExpression() }
    try expect(symbol: "]")
    return try make(
      .slice(value, start, end, step), at: offset, value.depth, start?.depth ?? 0, end?.depth ?? 0, step?.depth ?? 0)
  }

  private func parseCall(_ callee: Expression) throws -> Expression {
    let offset = current.offset
    let arguments = try nested { try $0.parseCallArguments() }
    return try make(.call(callee, arguments), at: offset, callee.depth, arguments.depth)
  }

  func parseCallArguments() throws -> CallArguments {
    let open = try expect(symbol: "(")
    var arguments = CallArguments()
    func ensure(_ condition: Bool) throws {
      guard condition else {
        throw PlacedFailure("invalid syntax for function call expression", at: open.offset)
      }
    }
    var isFirst = true
    while !current.isSymbol(")") {
      if !isFirst {
        try expect(symbol: ",")
        if current.isSymbol(")") { break }
      }
      isFirst = false
      if skip(symbol: "*") {
        try ensure(arguments.spreadList == nil && arguments.spreadDict == nil)
        arguments.spreadList = try parseExpression()
      } else if skip(symbol: "**") {
        try ensure(arguments.spreadDict == nil)
        arguments.spreadDict = try parseExpression()
      } else if current.kind == .name, next.isSymbol("=") {
        try ensure(arguments.spreadDict == nil)
        let token = advance()
        let name = token.text
        guard !arguments.named.contains(where: { $0.name == name }) else {
          throw PlacedFailure("keyword argument repeated: \(name)", at: token.offset)
        }
        advance()
        arguments.named.append((name, try parseExpression()))
      } else {
        try ensure(arguments.spreadList == nil && arguments.spreadDict == nil && arguments.named.isEmpty)
        arguments.positional.append(try parseExpression())
      }
    }
    try expect(symbol: ")")
    return arguments
  }

  private func parseDottedName() throws -> (name: String, offset: Int) {
    let first = try expect(.name)
    var name = first.text
    while skip(symbol: ".") { name += "." + (try expect(.name)).text }
    return (name, first.offset)
  }

  /// `|name(arguments)`, once or several times.
  func parseFilters(_ start: Expression) throws -> Expression {
    var expression = start
    while current.isSymbol("|") { expression = try parseFilter(expression) }
    return expression
  }

  private func parseFilter(_ value: Expression) throws -> Expression {
    advance()
    return try parseFilterName(value)
  }

  func parseFilterName(_ value: Expression) throws -> Expression {
    let (name, offset) = try parseDottedName()
    let arguments = current.isSymbol("(") ? try nested { try $0.parseCallArguments() } : CallArguments()
    if !isSoft, environment.filters[name] == nil {
      throw unknown("filter", name, Array(environment.filters.keys), at: offset)
    }
    return try make(.filter(value, name, arguments), at: offset, value.depth, arguments.depth)
  }

  private func unknown(_ kind: String, _ name: String, _ names: [String], at offset: Int) -> PlacedFailure {
    let near = NearestName.candidates(for: name, among: names).map { "'\($0)'" }
    return PlacedFailure(
      "No \(kind) named '\(name)'.", at: offset,
      hint: near.isEmpty ? nil : "did you mean \(near.joined(separator: " or "))?", code: .unknownName)
  }

  private func parseTest(_ value: Expression) throws -> Expression {
    advance()
    let isNegated = skip(name: "not")
    let (name, offset) = try parseDottedName()
    var arguments = CallArguments()
    if current.isSymbol("(") {
      arguments = try nested { try $0.parseCallArguments() }
    } else if isTestArgument {
      guard !current.isName("is") else {
        throw PlacedFailure("You cannot chain multiple tests with is", at: current.offset)
      }
      arguments.positional = [try parsePostfix(try parsePrimary())]
    }
    if !isSoft, environment.tests[name] == nil {
      throw unknown("test", name, Array(environment.tests.keys), at: offset)
    }
    return try make(
      .test(value, name, arguments, isNegated: isNegated), at: offset, value.depth, arguments.depth)
  }

  /// Whether what follows is an argument without parentheses: `is divisibleby 3`.
  private var isTestArgument: Bool {
    switch current.kind {
    case .name: current.text != "else" && current.text != "or" && current.text != "and"
    case .string, .integer, .float: true
    case .symbol: current.text == "[" || current.text == "{"
    default: false
    }
  }
}
