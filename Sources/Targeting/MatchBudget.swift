/// Counts the steps of matching one host, so that no map that a host sends can make it endless.
struct MatchBudget {
  private var steps = TargetLimits.steps
  private let position: SourcePosition

  init(position: SourcePosition) { self.position = position }

  mutating func spend() throws(TargetError) {
    steps -= 1
    guard steps > 0 else {
      throw TargetError(
        .matchLimit, "This takes over \(TargetLimits.steps) steps on one host's data; name the keys more exactly.",
        at: position)
    }
  }
}
