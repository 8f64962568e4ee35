/// Reads the tokens of a template into statements and expressions, as Jinja's grammar has them.
final class Parser {
  let tokens: [Token]
  let environment: TemplateEnvironment
  let bytes: [UInt8]
  var position = 0
  var scope: ScopeBuilder
  /// Names that are read: their places are known when the whole template has been.
  var references: [(name: String, scope: ScopeBuilder)] = []
  var locals: [ScopeBuilder] = []
  var blocks: [String: BlockDefinition] = [:]
  /// The tags that are open, for messages.
  var openTags: [(name: String, offset: Int)] = []
  var expectedEnds: [[String]] = []
  var nesting = 0
  /// Within the branches of an `if`, unknown filters are only errors when they are used.
  var isSoft = false
  let stack: StackBounds

  init(_ tokens: [Token], _ bytes: [UInt8], _ environment: TemplateEnvironment) {
    self.tokens = tokens
    self.bytes = bytes
    self.environment = environment
    stack = StackBounds(size: environment.limits.stack)
    scope = ScopeBuilder(parent: nil, function: FunctionBuilder(parent: nil), isTop: true)
  }

  // MARK: Tokens

  var current: Token { tokens[min(position, tokens.count - 1)] }
  var next: Token { tokens[min(position + 1, tokens.count - 1)] }

  @discardableResult
  func advance() -> Token {
    let token = current
    if position < tokens.count - 1 { position += 1 }
    return token
  }

  func skip(symbol: String) -> Bool {
    guard current.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  func skip(name: String) -> Bool {
    guard current.isName(name) else { return false }
    advance()
    return true
  }

  @discardableResult
  func expect(symbol: String) throws -> Token {
    guard current.isSymbol(symbol) else { throw unexpected(symbol) }
    return advance()
  }

  @discardableResult
  func expect(name: String) throws -> Token {
    guard current.isName(name) else { throw unexpected(name) }
    return advance()
  }

  @discardableResult
  func expect(_ kind: Token.Kind) throws -> Token {
    guard current.kind == kind else {
      throw unexpected(kind == .name ? "name" : Token(kind: kind, text: "", offset: 0).description)
    }
    return advance()
  }

  func unexpected(_ expected: String) -> PlacedFailure {
    if current.kind == .end {
      return PlacedFailure("unexpected end of template, expected '\(expected)'.", at: current.offset)
    }
    return PlacedFailure("expected token '\(expected)', got '\(current.description)'", at: current.offset)
  }

  // MARK: Nesting and scopes

  /// One level deeper in the text.
  func nested<Result>(_ body: (Parser) throws -> Result) throws -> Result {
    guard nesting < 80, stack.hasRoom else {
      throw PlacedFailure(
        "tags or brackets stand more than \(nesting) levels within one another", at: current.offset,
        code: .limit)
    }
    nesting += 1
    defer { nesting -= 1 }
    return try body(self)
  }

  /// Reads a part that has variables of its own, in the frame of what is around it.
  func scoped<Result>(
    _ inner: ScopeBuilder? = nil, _ body: (Parser) throws -> Result
  ) throws -> (ScopeBuilder, Result) {
    let inner = inner ?? ScopeBuilder(parent: scope, function: scope.function)
    let (outer, wasSoft) = (scope, isSoft)
    (scope, isSoft) = (inner, false)
    defer { (scope, isSoft) = (outer, wasSoft) }
    return (inner, try body(self))
  }

  /// A scope with a frame of its own.
  func functionScope() -> ScopeBuilder {
    ScopeBuilder(parent: scope, function: FunctionBuilder(parent: scope.function))
  }

  func reference(_ name: String) -> Int {
    scope.function.mention(name)
    references.append((name, scope))
    return references.count - 1
  }

  func localsIndex() -> Int {
    locals.append(scope)
    return locals.count - 1
  }

  func line(of offset: Int) -> Int { bytes[..<min(offset, bytes.count)].count { $0 == 0x0a } + 1 }
}
