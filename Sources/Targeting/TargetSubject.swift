public import OrderedCollections
public import Value

/// What a target is matched against: one minion as the master knows it.
public struct TargetSubject: Sendable {
  public var id: String
  /// Empty while none are known.
  public var grains: ValueMap
  /// Nil counts as empty; a target that `usesPillar` should be given it.
  public var pillar: ValueMap?

  public init(id: String, grains: ValueMap = [:], pillar: ValueMap? = nil) {
    self.id = id
    self.grains = grains
    self.pillar = pillar
  }
}
