import OrderedCollections
public import Value

/// What a state run returned, read from Salt's shape: one entry a state, in the order they ran.
public struct StateReport: Sendable, Hashable {
  public private(set) var states: [StateLine]

  /// Nil for what is no state run: a map whose every key is `module_|-id_|-name_|-function`.
  public init?(_ value: Value) {
    guard case .map(let map) = value, !map.isEmpty else { return nil }
    var states: [StateLine] = []
    states.reserveCapacity(map.count)
    for (key, entry) in map {
      guard let line = StateLine(tag: key, entry) else { return nil }
      states.append(line)
    }
    self.states = states.enumerated().sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
      .map(\.element)
  }

  /// The sentences of a run that could not be compiled; nil for anything else.
  public static func compileErrors(_ value: Value) -> [String]? {
    guard case .list(let list) = value, !list.isEmpty else { return nil }
    let texts = list.compactMap(\.stringValue)
    return texts.count == list.count ? texts : nil
  }

  var failed: Int { states.count { $0.result == false } }
  var changed: Int { states.count { !$0.changes.isEmpty } }
  /// What test mode would change.
  var unchanged: Int { states.count { $0.result == nil } }
  var warnings: Int { states.reduce(0) { $0 + $1.warnings.count } }
  /// Milliseconds.
  var duration: Double { states.reduce(0) { $0 + $1.duration } }

  /// `12 ok, 3 changed, 1 failed` with what is zero left out.
  var counts: String {
    let fine = states.count - failed - unchanged
    var parts = ["\(fine) succeeded"]
    let done = states.count { !$0.changes.isEmpty && $0.result != nil }
    if done > 0 { parts.append("\(done) changed") }
    if unchanged > 0 { parts.append("\(unchanged) would change") }
    if failed > 0 { parts.append("\(failed) failed") }
    if warnings > 0 { parts.append("\(warnings) warning\(warnings == 1 ? "" : "s")") }
    return parts.joined(separator: ", ")
  }
}
