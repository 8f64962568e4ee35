public import OrderedCollections
public import Value

/// Salt's ways to merge one map over another (`pillar_source_merging_strategy`, `slsutil.merge`).
public enum DictionaryMerge: String, Sendable, CaseIterable {
  /// `recurse`, as no renderer here is Salt's `yamlex`.
  case smart
  /// Maps in maps are merged; all else is replaced.
  case recurse
  /// Entries in both become lists of the two; those of the second alone are left out, as in Salt.
  case list
  /// Entries of the second replace those of the first as a whole.
  case overwrite
  /// The same here as `overwrite`: values that are not marked `!aggregate` are replaced.
  case aggregate
  /// `recurse` without joining lists.
  case none

  /// How deep maps are merged; what lies deeper is replaced.
  private static let depthLimit = 200

  public func merge(_ first: ValueMap, _ second: ValueMap, joiningLists: Bool = false) -> ValueMap {
    switch self {
    case .smart, .recurse: return Self.update(first, second, joiningLists: joiningLists)
    case .none: return Self.update(first, second)
    case .list:
      var merged = first
      for (key, value) in first { if let other = second[key] { merged[key] = .list([value, other]) } }
      return merged
    case .overwrite, .aggregate:
      return first.merging(second) { _, new in new }
    }
  }

  /// Salt's `dictupdate.update`.
  ///
  /// - Parameter joiningLists: lists in both are joined, without what the first has already; otherwise the second's replaces.
  public static func update(_ first: ValueMap, _ second: ValueMap, joiningLists: Bool = false) -> ValueMap {
    update(first, second, joiningLists, depth: 0)
  }

  private static func update(_ first: ValueMap, _ second: ValueMap, _ joiningLists: Bool, depth: Int) -> ValueMap {
    var merged = first
    for (key, value) in second {
      switch (merged[key], value) {
      case (.map(let old)?, .map(let new)) where depth < depthLimit:
        merged[key] = .map(update(old, new, joiningLists, depth: depth + 1))
      case (.list(let old)?, .list(let new)) where joiningLists:
        let known = Set(old)
        merged[key] = .list(old + new.filter { !known.contains($0) })
      default: merged[key] = value
      }
    }
    return merged
  }
}
