public import Wire

/// A key that has asked to join, and what became of it.
public struct StoredMinion: Sendable, Hashable {
  public enum Status: String, Sendable, Hashable, CaseIterable {
    case accepted, pending
    /// Claimed an id that another key has.
    case denied
    case rejected
    /// Was accepted once and is not any more.
    case revoked
  }

  /// Z85.
  public var publicKey: String
  public var id: MinionID
  public var status: Status
  public var firstSeen: Moment
  public var lastSeen: Moment
  public var address: String
  public var version: String
  public var grains: StoredGrains?

  public init(
    publicKey: String, id: MinionID, status: Status, firstSeen: Moment, lastSeen: Moment, address: String = "",
    version: String = "", grains: StoredGrains? = nil
  ) {
    self.publicKey = publicKey
    self.id = id
    self.status = status
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.address = address
    self.version = version
    self.grains = grains
  }
}
