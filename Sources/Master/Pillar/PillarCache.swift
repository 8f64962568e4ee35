import OrderedCollections
import Value
import Wire

/// Pillars compiled for matching, without secrets, as long as what they were made of is the same. Equal ones are held
/// once.
struct PillarCache {
  /// Seconds that one is believed of which templates or programs may have changed their mind.
  private static let volatileSeconds = 60.0
  /// Seconds that any is believed.
  private static let seconds = 3600.0

  private struct Entry {
    var grains: String
    var stamp: PillarStamp
    var made: Moment
    var isVolatile: Bool
    /// Nil when it could not be compiled.
    var pillar: ValueMap?
    var failure: String?
  }

  private var entries: [MinionID: Entry] = [:]
  private var shared: Set<ValueMap> = []

  var count: Int { entries.count }

  /// - Returns: nil when it is to be compiled.
  func found(_ id: MinionID, grains: String, stamp: PillarStamp, now: Moment) -> MatchingPillar? {
    guard let entry = entries[id], entry.grains == grains, entry.stamp == stamp else { return nil }
    let age = now - entry.made
    guard age >= 0, age < (entry.isVolatile ? Self.volatileSeconds : Self.seconds) else { return nil }
    return entry.pillar.map(MatchingPillar.compiled) ?? .failed(entry.failure ?? "")
  }

  /// - Returns: the pillar as it is held.
  mutating func store(
    _ id: MinionID, grains: String, stamp: PillarStamp, now: Moment, _ pillar: MatchingPillar, isVolatile: Bool
  ) -> MatchingPillar {
    var entry = Entry(grains: grains, stamp: stamp, made: now, isVolatile: isVolatile)
    var result = pillar
    switch pillar {
    case .compiled(let map):
      let held = shared.insert(map).memberAfterInsert
      entry.pillar = held
      result = .compiled(held)
    case .failed(let reason):
      entry.failure = reason
      // A failure is looked at again soon: what it needs may be outside of the files.
      entry.isVolatile = true
    }
    entries[id] = entry
    return result
  }

  /// Forgets what belongs to no accepted minion, and shared pillars that nobody has any more.
  mutating func keep(_ ids: Set<MinionID>) {
    entries = entries.filter { ids.contains($0.key) }
    if shared.count > 2 * entries.count + 100 { shared = Set(entries.values.compactMap(\.pillar)) }
  }

  mutating func removeAll() {
    entries = [:]
    shared = []
  }
}
