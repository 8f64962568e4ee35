import Value

/// A JMESPath expression that was read.
indirect enum JMESPathNode: Hashable {
  enum Comparison: Hashable {
    case equal, unequal, less, lessOrEqual, greater, greaterOrEqual
  }

  /// The value itself.
  case current
  case field(String)
  case index(Int64)
  case slice(start: Int64?, stop: Int64?, step: Int64?)
  case literal(Value)
  /// The second of what the first gives (`a.b`, `a[0]`, `a | b`).
  case chain(JMESPathNode, JMESPathNode)
  /// The second of each element of the list that the first gives.
  case projection(JMESPathNode, JMESPathNode)
  /// The same of each value of a map.
  case valueProjection(JMESPathNode, JMESPathNode)
  /// The same of the elements for which the condition holds.
  case filterProjection(JMESPathNode, JMESPathNode, condition: JMESPathNode)
  case flatten(JMESPathNode)
  case list([JMESPathNode])
  case map([String: JMESPathNode], order: [String])
  case comparison(Comparison, JMESPathNode, JMESPathNode)
  case and(JMESPathNode, JMESPathNode)
  case or(JMESPathNode, JMESPathNode)
  case not(JMESPathNode)
  /// `&expression`, for functions that apply it.
  case reference(JMESPathNode)
  case call(String, [JMESPathNode])
}
