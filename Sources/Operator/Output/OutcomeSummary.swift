/// The line that counts: `43 hosts: 41 returned, 1 failed, 1 queued (offline)`.
public enum OutcomeSummary {
  private static let order = [
    "returned", "failed", "refused", "cancelled", "interrupted", "expired", "running", "delivered", "queued",
  ]

  public static func line(_ outcomes: [MinionOutcome]) -> String {
    let byState = Dictionary(grouping: outcomes, by: \.state)
    let states = order + byState.keys.filter { !order.contains($0) }.sorted()
    let parts = states.compactMap { state in byState[state].map { part(state, $0) } }
    return "\(outcomes.count) \(outcomes.count == 1 ? "host" : "hosts"): \(parts.joined(separator: ", "))"
  }

  private static func part(_ state: String, _ outcomes: [MinionOutcome]) -> String {
    let offline = outcomes.count { $0.isPending && $0.isOffline }
    let count = "\(outcomes.count) \(TerminalText.line(state))"
    if offline == 0 { return count }
    return offline == outcomes.count ? "\(count) (offline)" : "\(count) (\(offline) offline)"
  }
}
