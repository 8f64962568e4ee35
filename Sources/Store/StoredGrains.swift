public import Value
public import Wire

/// A minion's grains as it last sent them.
public struct StoredGrains: Sendable, Hashable {
  public var digest: String
  public var grains: ValueMap
  public var received: Moment

  public init(digest: String, grains: ValueMap, received: Moment) {
    self.digest = digest
    self.grains = grains
    self.received = received
  }
}
