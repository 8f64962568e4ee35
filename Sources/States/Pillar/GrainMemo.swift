import OrderedCollections
import Synchronization
import Value

/// Results that are the same for all minions whose grains are the same, as far as those were read.
final class GrainMemo<Key: Hashable & Sendable, Result: Sendable>: Sendable {
  /// Results of one key: minions differ in few grains, or in so many that keeping is no use.
  private static var limit: Int { 256 }

  private struct Entry: Sendable {
    var reads: [String]
    var results: [[Value?]: Result] = [:]
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// What was kept for grains like these.
  func result(for key: Key, _ grains: ValueMap) -> Result? {
    entries.withLock { entries in
      guard let entry = entries[key] else { return nil }
      return entry.results[entry.reads.map { grains[$0] }]
    }
  }

  /// Keeps a result, unless it may be another one for every minion.
  func keep(_ result: Result, for key: Key, _ reads: TemplateReads, _ grains: ValueMap) {
    guard case .grains(let names) = reads, !names.contains("id") else { return }
    entries.withLock { entries in
      // What one render read may not be what another one will, where an import depends on a grain: the union counts.
      let known = entries[key]?.reads ?? []
      let sorted = names.union(known).sorted()
      if known != sorted || entries[key] == nil { entries[key] = Entry(reads: sorted) }
      guard (entries[key]?.results.count ?? 0) < Self.limit else { return }
      entries[key]?.results[sorted.map { grains[$0] }] = result
    }
  }
}
