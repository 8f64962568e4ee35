import OrderedCollections
public import Value

/// A target as the operator wrote it; the master parses and resolves it.
public struct TargetSpecification: Sendable, Hashable {
  /// Salt's names: glob, pcre, list, grain, grain_pcre, ipcidr, nodegroup, compound, pillar.
  public var kind: String
  public var expression: String

  public init(kind: String, expression: String) {
    self.kind = kind
    self.expression = expression
  }

  public var value: Value { ["kind": .string(kind), "expression": .string(expression)] }

  public init(_ value: Value) throws(WireError) {
    guard let kind = value["kind"]?.stringValue, let expression = value["expression"]?.stringValue,
      expression.utf8.count <= 1 << 20
    else { throw WireError(.badField, "'target' is not a target") }
    self.init(kind: kind, expression: expression)
  }
}
