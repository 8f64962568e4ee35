import OrderedCollections
import Value

/// What a transaction changed (or would change): the difference of two readings of the package database.
struct PackageChanges: Sendable, Hashable {
  struct Change: Sendable, Hashable {
    /// Empty when it was not there.
    var old: String
    /// Empty when it is gone.
    var new: String
  }

  var byName: [String: Change]

  init(_ byName: [String: Change] = [:]) { self.byName = byName }

  init(from before: [String: [String]], to after: [String: [String]]) {
    byName = [:]
    for name in Set(before.keys).union(after.keys) where before[name] != after[name] {
      byName[name] = Change(old: PackageState.text(before[name]), new: PackageState.text(after[name]))
    }
  }

  var isEmpty: Bool { byName.isEmpty }

  /// Salt's `{name: {old, new}}`, sorted by name.
  var value: Value {
    var map: ValueMap = [:]
    for (name, change) in byName.sorted(by: { $0.key < $1.key }) {
      map[name] = ["old": .string(change.old), "new": .string(change.new)]
    }
    return .map(map)
  }

  /// A short text for a message: `libssl3 3.0.19-1 → 3.0.20-1, curl 7.88 → removed, … 12 more`.
  var summary: String {
    let all = byName.sorted { $0.key < $1.key }
    let shown = all.prefix(10).map { name, change in
      "\(name) \(change.old.isEmpty ? "absent" : change.old) → \(change.new.isEmpty ? "removed" : change.new)"
    }
    return shown.joined(separator: ", ") + (all.count > 10 ? ", … \(all.count - 10) more" : "")
  }
}
