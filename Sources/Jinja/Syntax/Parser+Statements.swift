import Value

extension Parser {
  /// The whole template.
  func parseTemplate() throws -> [Statement] { try parseBody(until: []) }

  /// Statements until a tag of the given names, which is left for the caller.
  func parseBody(until ends: [String]) throws -> [Statement] {
    if !ends.isEmpty { expectedEnds.append(ends) }
    defer { if !ends.isEmpty { expectedEnds.removeLast() } }
    var body: [Statement] = []
    while current.kind != .end {
      switch current.kind {
      case .data: body.append(.text(advance().text))
      case .variableBegin:
        advance()
        body.append(.print(try parseTuple()))
        try expect(.variableEnd)
      default:
        let begin = try expect(.blockBegin)
        if current.kind == .name, ends.contains(current.text) { return body }
        body += try nested { try $0.parseStatement(at: begin.offset) }
        try expectTagEnd()
      }
    }
    if !ends.isEmpty { throw missingEnd(nil, at: openTags.last?.offset ?? current.offset) }
    return body
  }

  private func expectTagEnd() throws {
    guard current.kind != .blockEnd else {
      advance()
      return
    }
    var failure = unexpected("end of statement block")
    if let tag = openTagBefore, tag == "set", current.isSymbol("[") {
      failure.failure.hint = "an item is set with {% do name.update({key: value}) %}"
    } else if current.isSymbol("=") {
      failure.failure.hint = "comparison is '=='"
    }
    throw failure
  }

  private var openTagBefore: String? {
    var index = position
    while index > 0, tokens[index].kind != .blockBegin { index -= 1 }
    return tokens[min(index + 1, tokens.count - 1)].text
  }

  /// The body of a tag, from the end of the tag to one of the given end tags, whose name is read too.
  ///
  /// - Returns: the statements and the name of the end tag.
  func parseTagBody(_ ends: String...) throws -> (body: [Statement], end: String) {
    _ = skip(symbol: ":")
    try expectTagEnd()
    let body = try parseBody(until: ends)
    return (body, advance().text)
  }

  private func parseStatement(at begin: Int) throws -> [Statement] {
    guard current.kind == .name else { throw PlacedFailure("tag name expected", at: current.offset) }
    let tag = current
    openTags.append((tag.text, begin))
    defer { openTags.removeLast() }
    switch tag.text {
    case "for": return [try parseFor()]
    case "if": return [try parseIf()]
    case "block": return [try parseBlock()]
    case "extends": return [try parseExtends()]
    case "print": return try parsePrint()
    case "macro": return [try parseMacro()]
    case "include": return [try parseInclude()]
    case "from": return [try parseFromImport()]
    case "import": return [try parseImport()]
    case "set": return [try parseSet()]
    case "with": return [try parseWith()]
    case "autoescape": return [try parseAutoescape()]
    case "call": return [try parseCallBlock()]
    case "filter": return [try parseFilterBlock()]
    case "do":
      advance()
      return [.expression(try parseTuple())]
    case "break", "continue":
      advance()
      guard isInLoop else { throw PlacedFailure("'\(tag.text)' outside loop", at: tag.offset) }
      return [tag.text == "break" ? .breakLoop : .continueLoop]
    case "load_yaml": return [try parseLoad(.yaml)]
    case "load_json": return [try parseLoad(.json)]
    case "load_text": return [try parseLoad(.text)]
    case "import_yaml": return [try parseImportData(.yaml)]
    case "import_json": return [try parseImportData(.json)]
    case "import_text": return [try parseImportData(.text)]
    case "profile": return try parseProfile()
    default:
      openTags.removeLast()
      defer { openTags.append((tag.text, begin)) }
      throw missingEnd(tag.text, at: tag.offset)
    }
  }

  private var isInLoop: Bool {
    for (name, _) in openTags.reversed() {
      switch name {
      case "for": return true
      case "macro", "call", "block", "load_yaml", "load_json", "load_text": return false
      default: continue
      }
    }
    return false
  }

  /// An unknown tag, or a template that ends within one, in Jinja's words.
  private func missingEnd(_ unknown: String?, at offset: Int) -> PlacedFailure {
    var message = unknown.map { "Encountered unknown tag '\($0)'." } ?? "Unexpected end of template."
    if let looking = expectedEnds.last {
      let names = looking.map { "'\($0)'" }.joined(separator: " or ")
      if let unknown, expectedEnds.contains(where: { $0.contains(unknown) }) {
        message +=
          " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for \(names)."
      } else {
        message += " Jinja was looking for the following tags: \(names)."
      }
    }
    var hint: String?
    if let open = openTags.last {
      message += " The innermost block that needs to be closed is '\(open.name)'."
      hint = "'\(open.name)' opens at line \(line(of: open.offset))"
    }
    if expectedEnds.isEmpty, let unknown {
      let near = NearestName.candidates(for: unknown, among: Self.tags)
      if let near = near.first { hint = "did you mean '\(near)'?" }
    }
    return PlacedFailure(message, at: offset, hint: hint)
  }

  private static let tags = [
    "autoescape", "block", "break", "call", "continue", "do", "extends", "filter", "for", "from", "if", "import",
    "import_json", "import_text", "import_yaml", "include", "load_json", "load_text", "load_yaml", "macro", "print",
    "profile", "raw", "set", "with",
  ]

  private func parsePrint() throws -> [Statement] {
    advance()
    var statements: [Statement] = []
    while current.kind != .blockEnd {
      if !statements.isEmpty { try expect(symbol: ",") }
      statements.append(.print(try parseExpression()))
    }
    return statements
  }

  private func parseIf() throws -> Statement {
    advance()
    let wasSoft = isSoft
    isSoft = true
    defer { isSoft = wasSoft }
    var branches: [Statement.Branch] = []
    while true {
      let test = try parseTuple(withConditional: false)
      let (body, end) = try parseTagBody("elif", "else", "endif")
      branches.append(.init(test: test, body: body))
      if end == "elif" { continue }
      if end == "endif" { return .conditional(branches, otherwise: []) }
      return .conditional(branches, otherwise: try parseTagBody("endif").body)
    }
  }

  private func parseWith() throws -> Statement {
    let offset = advance().offset
    let inner = ScopeBuilder(parent: scope, function: scope.function)
    var assignments: [(target: Statement.Target, value: Expression)] = []
    while current.kind != .blockEnd, !current.isSymbol(":") {
      if !assignments.isEmpty { try expect(symbol: ",") }
      let target = try parseTarget()
      try expect(symbol: "=")
      assignments.append((bind(target, in: inner), try parseExpression()))
    }
    let (_, body) = try scoped(inner) { try $0.parseTagBody("endwith").body }
    return .with(assignments, .init(body: body, slots: inner.slots.map(\.slot)), offset: offset)
  }

  private func parseAutoescape() throws -> Statement {
    advance()
    let value = try parseExpression()
    let (inner, body) = try scoped { try $0.parseTagBody("endautoescape").body }
    return .autoescape(value, .init(body: body, slots: inner.slots.map(\.slot)))
  }

  private func parseFilterBlock() throws -> Statement {
    advance()
    let captured = try make(.captured, at: current.offset)
    var filter = try parseFilterName(captured)
    filter = try parseFilters(filter)
    let (inner, body) = try scoped { try $0.parseTagBody("endfilter").body }
    return .filterBlock(filter, .init(body: body, slots: inner.slots.map(\.slot)))
  }

  private func parseProfile() throws -> [Statement] {
    advance()
    try expect(name: "as")
    let label = try parseExpression()
    return [.expression(label)] + (try parseTagBody("endprofile").body)
  }
}
