import Targeting
import Value

/// Equal answers together, the most frequent first; then what went wrong, then what is not finished, then one line that
/// counts. A single host is shown without the count.
struct FoldedOutput {
  let palette: Palette
  var states = StateOutputStyle()

  func render(_ outcomes: [MinionOutcome]) -> String {
    let runs = FoldedStates(palette: palette, style: states).lines(outcomes)
    let others = runs?.rest ?? outcomes
    var lines = (runs?.lines ?? []) + answers(others.filter(\.isReturned)) + remainder(others)
    if outcomes.count > 1 { lines += ["", OutcomeSummary.line(outcomes)] }
    return lines.map { $0 + "\n" }.joined()
  }

  /// What is said of those that did not return: failures, then the unfinished.
  func remainder(_ outcomes: [MinionOutcome]) -> [String] {
    unreturned(outcomes.filter { !$0.isReturned && !$0.isPending }, .red)
      + unreturned(outcomes.filter(\.isPending), .yellow)
  }

  private func answers(_ outcomes: [MinionOutcome]) -> [String] {
    let canonical = PlainLayout(sortsKeys: true)
    return groups(outcomes) { canonical.lines($0.value ?? .null) }.flatMap { group in
      block(group, .cyan, PlainLayout().lines(group.first?.value ?? .null), isInline: isInline(group.first?.value))
    }
  }

  private func isInline(_ value: Value?) -> Bool { PlainLayout().inline(value ?? .null) != nil }

  private func unreturned(_ outcomes: [MinionOutcome], _ color: Palette.Color) -> [String] {
    let texts = { (outcome: MinionOutcome) in
      TerminalText.lines(outcome.explanation) + (outcome.value.map { PlainLayout().lines($0) } ?? [])
    }
    return groups(outcomes, by: texts).flatMap { group in
      block(group, color, group.first.map(texts) ?? [], isInline: true)
    }
  }

  /// The first line beside the hosts, or all of them below.
  private func block(
    _ group: [MinionOutcome], _ color: Palette.Color, _ lines: [String], isInline: Bool
  ) -> [String] {
    let hosts = TerminalText.line(HostSet(group.map(\.id)).description)
    let header = palette.paint(group.count > 1 ? "\(hosts) (\(group.count)):" : "\(hosts):", color)
    guard isInline, let first = lines.first else { return [header] + lines.map { "    " + $0 } }
    return ["\(header) \(first)"] + lines.dropFirst().map { "    " + $0 }
  }

  /// Outcomes with the same text, biggest group first, else in the order of the hosts.
  private func groups(_ outcomes: [MinionOutcome], by text: (MinionOutcome) -> [String]) -> [[MinionOutcome]] {
    var places: [[String]: Int] = [:]
    var groups: [[MinionOutcome]] = []
    for outcome in outcomes {
      let key = text(outcome)
      if let place = places[key] {
        groups[place].append(outcome)
      } else {
        places[key] = groups.count
        groups.append([outcome])
      }
    }
    return groups.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
  }
}
