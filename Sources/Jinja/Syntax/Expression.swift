/// An expression and where its operator or first token stands.
struct Expression: Sendable {
  let kind: Kind
  let offset: Int
  /// How deep it nests: bounded, since evaluation and release go as deep.
  let depth: Int

  indirect enum Kind: Sendable {
    case constant(Constant)
    /// A variable: an index into the template's references.
    case name(Int)
    case list([Expression])
    case tuple([Expression])
    case dict([Pair])
    case attribute(Expression, String)
    case item(Expression, Expression)
    case slice(Expression, Expression?, Expression?, Expression?)
    case call(Expression, CallArguments)
    case filter(Expression, String, CallArguments)
    case test(Expression, String, CallArguments, isNegated: Bool)
    /// What a block tag has captured: the input of the filters of `{% filter %}` and `{% set %}`.
    case captured
    case negate(Expression)
    case positive(Expression)
    case not(Expression)
    case binary(BinaryOperator, Expression, Expression)
    case concatenation([Expression])
    case comparison(Expression, [Comparison])
    case and(Expression, Expression)
    case or(Expression, Expression)
    case conditional(test: Expression, then: Expression, otherwise: Expression?)
  }

  enum Constant: Sendable {
    case none
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)

    var value: TemplateValue {
      switch self {
      case .none: .none
      case .bool(let flag): .bool(flag)
      case .int(let number): .int(number)
      case .double(let number): .double(number)
      case .string(let text): .string(text)
      }
    }
  }

  struct Pair: Sendable {
    var key: Expression
    var value: Expression
  }

  struct Comparison: Sendable {
    var comparison: ComparisonOperator
    var operand: Expression
    var offset: Int
  }
}
