import Value

/// A word of a JMESPath expression.
struct JMESPathToken: Hashable {
  enum Kind: String, Hashable {
    case end = "the end"
    case identifier = "a name"
    case quotedIdentifier = "a quoted name"
    case literal = "a literal"
    case number = "a number"
    case dot = "."
    case star = "*"
    case bracket = "["
    case closingBracket = "]"
    case flatten = "[]"
    case filter = "[?"
    case parenthesis = "("
    case closingParenthesis = ")"
    case brace = "{"
    case closingBrace = "}"
    case comma = ","
    case colon = ":"
    case current = "@"
    case expression = "&"
    case and = "&&"
    case or = "||"
    case pipe = "|"
    case not = "!"
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  var kind: Kind
  /// The name, the literal, or the number.
  var value = Value.null
  /// Characters before it.
  var position: Int

  /// How strongly it binds what stands left of it (the grammar of jmespath.org has no table; its Python library does).
  var bindingPower: Int {
    switch kind {
    case .pipe: 1
    case .or: 2
    case .and: 3
    case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: 5
    case .flatten: 9
    case .star: 20
    case .filter: 21
    case .dot: 40
    case .not: 45
    case .brace: 50
    case .bracket: 55
    case .parenthesis: 60
    default: 0
    }
  }
}
