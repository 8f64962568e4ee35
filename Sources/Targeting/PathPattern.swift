import OrderedCollections
import Value

/// `key:sub:pattern` on a map, as Salt reads it: the text is cut at each delimiter in turn, from the last, into a path
/// and a pattern, so that keys and values may hold the delimiter themselves.
///
/// All cuts are made and all patterns are compiled when the target is read.
final class PathPattern: Sendable {
  private struct Cut {
    /// Empty when the pattern is for the whole map: the path was `*`.
    var keys: [PathKey]
    var pattern: MemberPattern
  }

  private let cuts: [Cut]
  private let position: SourcePosition

  static func parse(
    _ text: String, _ delimiter: Unicode.Scalar, _ kind: TextMatcher.Kind, at position: SourcePosition
  ) throws(TargetError) -> PathPattern {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.firstIndex(of: delimiter) else {
      throw TargetError(
        .badPattern, "A key and a pattern are needed, with '\(delimiter)' between them: '\(text)\(delimiter)…'.",
        at: position)
    }
    // Inside of maps, and so in every rest of the text, the cuts are at ':'.
    guard scalars.count(where: { $0 == delimiter || $0 == ":" }) < TargetLimits.components else {
      throw TargetError(.tooLarge, "A path has at most \(TargetLimits.components) parts.", at: position)
    }
    if kind == .regex { try check(scalars, after: first, at: position) }
    var builder = PathPatternBuilder(kind: kind, position: position)
    return builder.path(text, delimiter)
  }

  /// Refuses a broken regular expression. Salt would go on with what its other cuts make of it, and match nothing.
  private static func check(
    _ scalars: [Unicode.Scalar], after delimiter: Int, at position: SourcePosition
  ) throws(TargetError) {
    var start = delimiter + 1
    while start + 1 < scalars.count, scalars[start] == "*", scalars[start + 1] == ":" { start += 2 }
    let pattern = String(String.UnicodeScalarView(scalars[start...]))
    if pattern == "*" { return }
    _ = try Pattern(pattern, ignoresCase: true, at: position.advanced(by: start))
  }

  /// - Parameter cuts: paths and patterns, in the order they are tried; no keys for the path `*`.
  init(cuts: [(keys: [String], pattern: MemberPattern)], position: SourcePosition) {
    self.cuts = cuts.map { Cut(keys: $0.keys.map { PathKey($0) }, pattern: $0.pattern) }
    self.position = position
  }

  func matches(_ map: ValueMap) throws(TargetError) -> Bool {
    var budget = MatchBudget(position: position)
    return try matches(map, &budget)
  }

  func matches(_ map: ValueMap, _ budget: inout MatchBudget) throws(TargetError) -> Bool {
    for cut in cuts {
      try budget.spend()
      guard let first = cut.keys.first else {
        if !map.isEmpty, try cut.pattern.matches(map, &budget) { return true }
        continue
      }
      guard var found = first.find(in: map) else { continue }
      if cut.keys.count > 1 {
        var isThere = true
        for key in cut.keys[1...] {
          try budget.spend()
          guard let next = key.find(in: found) else {
            isThere = false
            break
          }
          found = next
        }
        guard isThere else { continue }
      }
      if try matches(found, cut.pattern, &budget) { return true }
    }
    return false
  }

  private func matches(
    _ found: Value, _ pattern: MemberPattern, _ budget: inout MatchBudget
  ) throws(TargetError) -> Bool {
    switch found {
    case .map(let map):
      return map.isEmpty ? false : try pattern.matches(map, &budget)
    case .list(let items):
      for item in items {
        try budget.spend()
        if case .map(let map) = item, try pattern.matches(map, &budget) { return true }
        if try pattern.whole.matches(item) { return true }
      }
      return false
    default:
      return try pattern.whole.matches(found)
    }
  }
}
