import Value

/// Reads JMESPath expressions (the language of jmespath.org, as its Python library reads it).
struct JMESPathParser {
  private static let depthLimit = 100
  /// Words that bind less end a projection.
  private static let projectionStop = 10

  private let tokens: [JMESPathToken]
  private var index = 0
  private var depth = 0

  static func parse(_ text: String) throws(JMESPathError) -> JMESPathNode {
    var parser = JMESPathParser(tokens: try JMESPathLexer.tokens(text))
    let node = try parser.expression(0)
    guard parser.token.kind == .end else { throw parser.unexpected() }
    return node
  }

  private init(tokens: [JMESPathToken]) { self.tokens = tokens }

  private var token: JMESPathToken { tokens[min(index, tokens.count - 1)] }
  private func kind(after count: Int) -> JMESPathToken.Kind { tokens[min(index + count, tokens.count - 1)].kind }

  private func unexpected() -> JMESPathError {
    token.kind == .end
      ? JMESPathError("Invalid jmespath expression: Incomplete expression", at: token.position)
      : JMESPathError("Invalid jmespath expression: Unexpected token: \(token.kind.rawValue)", at: token.position)
  }

  private mutating func match(_ kind: JMESPathToken.Kind) throws(JMESPathError) {
    guard token.kind == kind else { throw unexpected() }
    index += 1
  }

  private mutating func expression(_ power: Int) throws(JMESPathError) -> JMESPathNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else {
      throw JMESPathError("the expression is nested too deeply", at: token.position)
    }
    var left = try prefix()
    var length = 0
    while power < token.bindingPower {
      length += 1
      // A chain is as deep as it is long once it is evaluated.
      guard length < 4 * Self.depthLimit else { throw JMESPathError("the expression is too long", at: token.position) }
      left = try infix(left)
    }
    return left
  }

  private mutating func prefix() throws(JMESPathError) -> JMESPathNode {
    let first = token
    index += 1
    switch first.kind {
    case .literal: return .literal(first.value)
    case .identifier: return .field(first.value.description)
    case .quotedIdentifier:
      guard token.kind != .parenthesis else {
        throw JMESPathError("Quoted identifier not allowed for function names.", at: first.position)
      }
      return .field(first.value.description)
    case .star: return .valueProjection(.current, token.kind == .closingBracket ? .current : try projected(20))
    case .filter: return try filtered(.current)
    case .brace: return try map()
    case .parenthesis:
      let inner = try expression(0)
      try match(.closingParenthesis)
      return inner
    case .flatten: return .projection(.flatten(.current), try projected(9))
    case .not: return .not(try expression(45))
    case .current: return .current
    case .expression: return .reference(try expression(0))
    case .bracket:
      if token.kind == .number || token.kind == .colon { return try element(of: .current) }
      if token.kind == .star, kind(after: 1) == .closingBracket {
        index += 2
        return .projection(.current, try projected(20))
      }
      return try list()
    default:
      index -= 1
      throw unexpected()
    }
  }

  private mutating func infix(_ left: JMESPathNode) throws(JMESPathError) -> JMESPathNode {
    let word = token
    index += 1
    switch word.kind {
    case .dot:
      guard token.kind == .star else { return .chain(left, try member(40)) }
      index += 1
      return .valueProjection(left, try projected(40))
    case .pipe: return .chain(left, try expression(1))
    case .or: return .or(left, try expression(2))
    case .and: return .and(left, try expression(3))
    case .equal: return .comparison(.equal, left, try expression(5))
    case .unequal: return .comparison(.unequal, left, try expression(5))
    case .less: return .comparison(.less, left, try expression(5))
    case .lessOrEqual: return .comparison(.lessOrEqual, left, try expression(5))
    case .greater: return .comparison(.greater, left, try expression(5))
    case .greaterOrEqual: return .comparison(.greaterOrEqual, left, try expression(5))
    case .flatten: return .projection(.flatten(left), try projected(9))
    case .filter: return try filtered(left)
    case .parenthesis: return try call(left, word)
    case .bracket:
      if token.kind == .number || token.kind == .colon { return try element(of: left) }
      try match(.star)
      try match(.closingBracket)
      return .projection(left, try projected(20))
    default:
      index -= 1
      throw unexpected()
    }
  }

  /// What is done with each element of a projection.
  private mutating func projected(_ power: Int) throws(JMESPathError) -> JMESPathNode {
    if token.bindingPower < Self.projectionStop { return .current }
    switch token.kind {
    case .bracket, .filter: return try expression(power)
    case .dot:
      index += 1
      return try member(power)
    default: throw unexpected()
    }
  }

  /// What may stand behind a dot.
  private mutating func member(_ power: Int) throws(JMESPathError) -> JMESPathNode {
    switch token.kind {
    case .identifier, .quotedIdentifier, .star: return try expression(power)
    case .bracket:
      index += 1
      return try list()
    case .brace:
      index += 1
      return try map()
    default: throw unexpected()
    }
  }

  private mutating func filtered(_ left: JMESPathNode) throws(JMESPathError) -> JMESPathNode {
    let condition = try expression(0)
    try match(.closingBracket)
    return .filterProjection(left, token.kind == .flatten ? .current : try projected(21), condition: condition)
  }

  /// `[0]` or `[1:5:2]`, its bracket read.
  private mutating func element(of left: JMESPathNode) throws(JMESPathError) -> JMESPathNode {
    guard token.kind == .colon || kind(after: 1) == .colon else {
      let number = token.value.intValue ?? 0
      index += 1
      try match(.closingBracket)
      return .chain(left, .index(number))
    }
    var parts: [Int64?] = [nil, nil, nil]
    var part = 0
    while token.kind != .closingBracket {
      switch token.kind {
      case .colon where part < 2: part += 1
      case .number: parts[part] = token.value.intValue
      default: throw unexpected()
      }
      index += 1
    }
    index += 1
    return .projection(.chain(left, .slice(start: parts[0], stop: parts[1], step: parts[2])), try projected(20))
  }

  private mutating func list() throws(JMESPathError) -> JMESPathNode {
    var nodes = [try expression(0)]
    while token.kind != .closingBracket {
      try match(.comma)
      nodes.append(try expression(0))
    }
    index += 1
    return .list(nodes)
  }

  private mutating func map() throws(JMESPathError) -> JMESPathNode {
    var nodes: [String: JMESPathNode] = [:]
    var order: [String] = []
    while true {
      guard token.kind == .identifier || token.kind == .quotedIdentifier else { throw unexpected() }
      let name = token.value.description
      index += 1
      try match(.colon)
      let node = try expression(0)
      if nodes.updateValue(node, forKey: name) == nil { order.append(name) }
      if token.kind == .comma {
        index += 1
      } else {
        try match(.closingBrace)
        return .map(nodes, order: order)
      }
    }
  }

  private mutating func call(_ left: JMESPathNode, _ word: JMESPathToken) throws(JMESPathError) -> JMESPathNode {
    guard case .field(let name) = left else { throw JMESPathError("Invalid function name", at: word.position) }
    var arguments: [JMESPathNode] = []
    while token.kind != .closingParenthesis {
      arguments.append(try expression(0))
      if token.kind == .comma { index += 1 } else if token.kind != .closingParenthesis { throw unexpected() }
    }
    index += 1
    return .call(name, arguments)
  }
}
