import OrderedCollections
import Value

/// The pattern at the end of a path: matched as text against a value, or against the keys of a map.
final class MemberPattern: Sendable {
  /// The pattern as it stands, for values.
  let whole: TextMatcher
  /// The pattern without a leading `*:`, for keys and for what that finds.
  private let part: TextMatcher
  private let isStar: Bool
  private let key: Value
  /// The same text as a path of its own, tried inside a map.
  private let path: PathPattern?
  /// The pattern began with `*:`, which looks into every entry of a map: what is looked for in the maps there.
  private let below: MemberPattern?

  /// - Parameter text: the pattern without a leading `*:`.
  init(text: String, whole: TextMatcher, part: TextMatcher, path: PathPattern?, below: MemberPattern?) {
    self.whole = whole
    self.part = part
    isStar = text == "*"
    key = .string(text)
    self.path = path
    self.below = below
  }

  func matches(_ map: ValueMap, _ budget: inout MatchBudget) throws(TargetError) -> Bool {
    try budget.spend()
    if isStar || map[key] != nil { return true }
    for name in map.keys {
      try budget.spend()
      if try part.matches(name) { return true }
    }
    if let path, try path.matches(map, &budget) { return true }
    guard let below else { return false }
    for value in map.values {
      try budget.spend()
      if try matches(entry: value, below, &budget) { return true }
    }
    return false
  }

  private func matches(
    entry: Value, _ below: MemberPattern, _ budget: inout MatchBudget
  ) throws(TargetError) -> Bool {
    switch entry {
    case .map(let map):
      return try below.matches(map, &budget)
    case .list(let items):
      for item in items {
        try budget.spend()
        if try part.matches(item) { return true }
      }
      return false
    default:
      return try part.matches(entry)
    }
  }
}
