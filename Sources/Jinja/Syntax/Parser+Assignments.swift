extension Parser {
  /// A target before it is known whose variables it sets.
  indirect enum RawTarget {
    case name(String, offset: Int)
    case tuple([RawTarget], offset: Int)
    case attribute(String, String, offset: Int)
  }

  func parseTarget(withAttributes: Bool = false, end: String? = nil) throws -> RawTarget {
    var targets: [RawTarget] = []
    var isTuple = false
    let offset = current.offset
    while true {
      if !targets.isEmpty { try expect(symbol: ",") }
      if isTupleEnd(end) || current.isSymbol("=") { break }
      targets.append(try nested { try $0.parseSingleTarget(withAttributes) })
      guard current.isSymbol(",") else { break }
      isTuple = true
    }
    if !isTuple {
      if let only = targets.first { return only }
      throw PlacedFailure("Expected an expression, got '\(current.description)'", at: current.offset)
    }
    return .tuple(targets, offset: offset)
  }

  private func parseSingleTarget(_ withAttributes: Bool) throws -> RawTarget {
    let token = current
    if skip(symbol: "(") {
      let target = try parseTarget(withAttributes: withAttributes)
      try expect(symbol: ")")
      return target
    }
    guard token.kind == .name else {
      let kind: String? =
        switch token.kind {
        case .string, .integer, .float: "const"
        case .symbol where token.text == "[": "list"
        case .symbol where token.text == "{": "dict"
        default: nil
        }
      throw PlacedFailure(
        kind.map { "can't assign to '\($0)'" } ?? "unexpected '\(token.description)'", at: token.offset)
    }
    advance()
    guard !["true", "True", "false", "False", "none", "None"].contains(token.text) else {
      throw PlacedFailure("can't assign to 'const'", at: token.offset)
    }
    if withAttributes, skip(symbol: ".") {
      return .attribute(token.text, try expect(.name).text, offset: token.offset)
    }
    return .name(token.text, offset: token.offset)
  }

  /// Makes the variables of a target those of a scope.
  func bind(_ target: RawTarget, in scope: ScopeBuilder) -> Statement.Target {
    switch target {
    case .name(let name, _): .variable(scope.store(name))
    case .tuple(let targets, let offset): .tuple(targets.map { bind($0, in: scope) }, offset: offset)
    case .attribute(let object, let name, let offset): .attribute(reference(object), name, offset: offset)
    }
  }

  func parseNameCheck(_ target: RawTarget) throws {
    switch target {
    case .name("loop", let offset):
      throw PlacedFailure("Can't assign to special loop variable in for-loop target", at: offset)
    case .tuple(let targets, _): for target in targets { try parseNameCheck(target) }
    default: break
    }
  }

  func parseSet() throws -> Statement {
    let offset = advance().offset
    let target = try parseTarget(withAttributes: true)
    if skip(symbol: "=") {
      let value = try parseTuple()
      return .assign(bind(target, in: scope), value, offset: offset)
    }
    var filter: Expression?
    if current.isSymbol("|") { filter = try parseFilters(try make(.captured, at: current.offset)) }
    let (inner, body) = try scoped { try $0.parseTagBody("endset").body }
    return .assignBlock(
      bind(target, in: scope), filter: filter, .init(body: body, slots: inner.slots.map(\.slot)), offset: offset)
  }

  func parseFor() throws -> Statement {
    let offset = advance().offset
    let target = try parseTarget(end: "in")
    try parseNameCheck(target)
    try expect(name: "in")
    let sequence = try parseTuple(withConditional: false, end: "recursive")
    var test: (target: Statement.Target, condition: Expression, slots: [Int])?
    if skip(name: "if") {
      let (inner, parsed) = try scoped { parser in
        let bound = parser.bind(target, in: parser.scope)
        return (bound, try parser.parseExpression())
      }
      test = (parsed.0, parsed.1, inner.slots.map(\.slot))
    }
    let isRecursive = skip(name: "recursive")
    let inner = isRecursive ? functionScope() : ScopeBuilder(parent: scope, function: scope.function)
    let bound = bind(target, in: inner)
    let loopSlot = inner.declare("loop")
    let (_, (body, end)) = try scoped(inner) { try $0.parseTagBody("endfor", "else") }
    var otherwise: Statement.Scope?
    if end == "else" {
      let (scope, body) = try scoped { try $0.parseTagBody("endfor").body }
      otherwise = .init(body: body, slots: scope.slots.map(\.slot))
    }
    return .forLoop(
      ForLoop(
        target: bound, sequence: sequence, test: test, isRecursive: isRecursive,
        body: .init(body: body, slots: inner.slots.map(\.slot)), loopSlot: loopSlot, otherwise: otherwise,
        offset: offset, slotCount: inner.function.slotCount))
  }
}
