import Value

extension Parser {
  func parseMacro() throws -> Statement {
    let offset = advance().offset
    let name = try expect(.name).text
    let inner = functionScope()
    let (_, definition) = try scoped(inner) { parser in
      let parameters = try parser.parseSignature()
      let body = try parser.parseTagBody("endmacro").body
      return parser.macro(name, parameters, body, at: offset)
    }
    return .macro(definition, scope.store(name))
  }

  func parseCallBlock() throws -> Statement {
    let offset = advance().offset
    let inner = functionScope()
    var parameters: [(name: String, defaultValue: Expression?)] = []
    if current.isSymbol("(") { parameters = try scoped(inner) { try $0.parseSignature() }.1 }
    let start = current.offset
    let call = try parseExpression()
    guard case .call = call.kind else { throw PlacedFailure("expected call", at: start) }
    let (_, definition) = try scoped(inner) { parser in
      let body = try parser.parseTagBody("endcall").body
      return parser.macro(nil, parameters, body, at: offset)
    }
    return .callBlock(definition, call: call)
  }

  func parseLoad(_ format: DataFormat) throws -> Statement {
    let offset = advance().offset
    try expect(name: "as")
    let target = try parseTarget()
    let (_, definition) = try scoped(functionScope()) { parser in
      let body = try parser.parseTagBody("endload").body
      return parser.macro("load_\(format.rawValue)", [], body, at: offset)
    }
    return .load(format, definition, bind(target, in: scope), offset: offset)
  }

  private func parseSignature() throws -> [(name: String, defaultValue: Expression?)] {
    var parameters: [(name: String, defaultValue: Expression?)] = []
    try expect(symbol: "(")
    while !current.isSymbol(")") {
      if !parameters.isEmpty { try expect(symbol: ",") }
      let name = try expect(.name)
      guard !parameters.contains(where: { $0.name == name.text }) else {
        throw PlacedFailure("duplicate argument '\(name.text)' in function definition", at: name.offset)
      }
      _ = scope.declare(name.text)
      if skip(symbol: "=") {
        parameters.append((name.text, try parseExpression()))
      } else if parameters.last?.defaultValue != nil {
        throw PlacedFailure("non-default argument follows default argument", at: name.offset)
      } else {
        parameters.append((name.text, nil))
      }
    }
    try expect(symbol: ")")
    return parameters
  }

  /// What has been read in the present scope as a macro.
  private func macro(
    _ name: String?, _ parameters: [(name: String, defaultValue: Expression?)], _ body: [Statement], at offset: Int
  ) -> MacroDefinition {
    func special(_ name: String) -> Int? {
      guard scope.function.mentioned.contains(name), !parameters.contains(where: { $0.name == name }) else {
        return nil
      }
      return scope.declare(name)
    }
    let (caller, named, positional) = (special("caller"), special("kwargs"), special("varargs"))
    return MacroDefinition(
      name: name,
      parameters: parameters.map { .init(name: $0.name, slot: scope.declare($0.name), defaultValue: $0.defaultValue) },
      body: body, slotCount: scope.function.slotCount, callerSlot: caller, namedSlot: named, positionalSlot: positional,
      offset: offset)
  }

  func parseBlock() throws -> Statement {
    let offset = advance().offset
    let name = try expect(.name)
    let isScoped = skip(name: "scoped")
    let isRequired = skip(name: "required")
    guard !current.isSymbol("-") else {
      throw PlacedFailure(
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.",
        at: current.offset)
    }
    guard blocks[name.text] == nil else {
      throw PlacedFailure("block '\(name.text)' defined twice", at: name.offset)
    }
    let inner = ScopeBuilder(parent: nil, function: FunctionBuilder(parent: nil))
    let superSlot = inner.declare("super")
    let (_, body) = try scoped(inner) { try $0.parseTagBody("endblock").body }
    if current.kind == .name, current.text == name.text { advance() }
    if isRequired { try checkRequired(body, at: offset) }
    let block = BlockDefinition(
      name: name.text, isScoped: isScoped, isRequired: isRequired, body: body, slotCount: inner.function.slotCount,
      superSlot: superSlot, offset: offset, isTopLevel: scope.isTop, locals: localsIndex())
    guard blocks.updateValue(block, forKey: name.text) == nil else {
      throw PlacedFailure("block '\(name.text)' defined twice", at: name.offset)
    }
    return .block(block)
  }

  private func checkRequired(_ body: [Statement], at offset: Int) throws {
    for statement in body {
      if case .text(let text) = statement, text.unicodeScalars.allSatisfy(PythonText.isSpace) { continue }
      throw PlacedFailure("Required blocks can only contain comments or whitespace", at: offset)
    }
  }
}
