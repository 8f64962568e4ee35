extension Parser {
  func parseExtends() throws -> Statement {
    let offset = advance().offset
    guard scope.isTop else { throw PlacedFailure("cannot use extend from a non top-level scope", at: offset) }
    return .extends(try parseExpression(), offset: offset)
  }

  /// `with context` or `without context`.
  private func parseContext() -> Bool? {
    guard current.isName("with") || current.isName("without"), next.isName("context") else { return nil }
    let isWith = advance().text == "with"
    advance()
    return isWith
  }

  func parseInclude() throws -> Statement {
    let offset = advance().offset
    let template = try parseExpression()
    var ignoresMissing = false
    if current.isName("ignore"), next.isName("missing") {
      advance()
      advance()
      ignoresMissing = true
    }
    let withContext = parseContext() ?? true
    return .include(
      .init(
        template: template, ignoresMissing: ignoresMissing, withContext: withContext, offset: offset,
        locals: localsIndex()))
  }

  func parseImport() throws -> Statement {
    let (statement, name) = try parseImportAs()
    return .importModule(statement, scope.store(name))
  }

  func parseImportData(_ format: DataFormat) throws -> Statement {
    let (statement, name) = try parseImportAs()
    return .importData(format, statement, scope.store(name))
  }

  private func parseImportAs() throws -> (Statement.ImportStatement, name: String) {
    let offset = advance().offset
    let template = try parseExpression()
    try expect(name: "as")
    let name = try expect(.name).text
    let withContext = parseContext() ?? false
    return (.init(template: template, withContext: withContext, offset: offset, locals: localsIndex()), name)
  }

  func parseFromImport() throws -> Statement {
    let offset = advance().offset
    let template = try parseExpression()
    try expect(name: "import")
    var names: [Statement.ImportedName] = []
    var withContext: Bool?
    while true {
      if !names.isEmpty { try expect(symbol: ",") }
      guard current.kind == .name else { throw unexpected("name") }
      withContext = parseContext()
      if withContext != nil { break }
      let name = advance()
      guard !name.text.hasPrefix("_") else {
        throw PlacedFailure("names starting with an underline can not be imported", at: name.offset)
      }
      let alias = skip(name: "as") ? try expect(.name).text : name.text
      names.append(.init(name: name.text, store: scope.store(alias), offset: name.offset))
      withContext = parseContext()
      if withContext != nil || !current.isSymbol(",") { break }
    }
    return .importNames(
      .init(template: template, withContext: withContext ?? false, offset: offset, locals: localsIndex()), names: names)
  }
}
