public import OrderedCollections
public import Value

/// What a compile gave. With problems the pillar is not whole, and not to be used.
public struct CompiledPillar: Sendable {
  public var pillar: ValueMap
  public var problems: [PillarProblem]
  /// Whether it may come out otherwise the next time though nothing in the files has changed: templates call functions,
  /// or programs have a part in it.
  public var isVolatile: Bool
  /// What was decrypted for it.
  public var secrets: [Secret]

  public init(
    pillar: ValueMap = [:], problems: [PillarProblem] = [], isVolatile: Bool = false, secrets: [Secret] = []
  ) {
    self.pillar = pillar
    self.problems = problems
    self.isVolatile = isVolatile
    self.secrets = secrets
  }

  /// Salt's shape: the problems stand under `_errors`, and state runs refuse a pillar that has them.
  public var value: ValueMap {
    guard !problems.isEmpty else { return pillar }
    var value = pillar
    value["_errors"] = .strings(problems.map(\.message))
    return value
  }
}
