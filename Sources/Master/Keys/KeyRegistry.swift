public import Store
public import Wire

/// All keys that ever asked to join, and which of them is which minion. Decisions only; the caller commits the
/// operations that come back.
public struct KeyRegistry: Sendable {
  /// Keys waiting for a person; more are turned away, so that strangers cannot fill the master's disk.
  public static let maximumPending = 1000

  private var byKey: [String: StoredMinion] = [:]
  private var keyOfID: [MinionID: String] = [:]
  private var pendingCount = 0

  public init(_ minions: [StoredMinion] = []) { for minion in minions { save(minion) } }

  public mutating func save(_ minion: StoredMinion) {
    if let old = byKey[minion.publicKey] { forget(old) }
    byKey[minion.publicKey] = minion
    if minion.status == .accepted { keyOfID[minion.id] = minion.publicKey }
    if minion.status == .pending || minion.status == .denied { pendingCount += 1 }
  }

  public mutating func remove(key: String) {
    if let old = byKey.removeValue(forKey: key) { forget(old) }
  }

  private mutating func forget(_ old: StoredMinion) {
    if keyOfID[old.id] == old.publicKey { keyOfID[old.id] = nil }
    if old.status == .pending || old.status == .denied { pendingCount -= 1 }
  }

  public subscript(key key: String) -> StoredMinion? { byKey[key] }

  /// The accepted minion of an id.
  public subscript(_ id: MinionID) -> StoredMinion? { keyOfID[id].flatMap { byKey[$0] } }

  /// The id of an accepted key; nil for every other: the one question asked for each message.
  public func acceptedID(ofKey key: String) -> MinionID? {
    guard let minion = byKey[key], minion.status == .accepted else { return nil }
    return minion.id
  }

  public var isFull: Bool { pendingCount >= Self.maximumPending }
  public var accepted: [StoredMinion] { keyOfID.values.compactMap { byKey[$0] } }
  public var acceptedIDs: [MinionID] { keyOfID.keys.sorted() }
  public var all: [StoredMinion] {
    byKey.values.sorted { ($0.id.text, $0.firstSeen) < ($1.id.text, $1.firstSeen) }
  }

  /// Changes an accepted minion in memory (grains, last seen); nothing to commit.
  public mutating func update(_ id: MinionID, _ change: (inout StoredMinion) -> Void) {
    guard let key = keyOfID[id] else { return }
    byKey[key].map { minion in
      var minion = minion
      change(&minion)
      byKey[key] = minion
    }
  }
}
