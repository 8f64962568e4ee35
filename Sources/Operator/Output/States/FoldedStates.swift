import Targeting
import Value

/// State runs of many hosts: hosts of which the same is to be told stand together, hosts with failures last.
struct FoldedStates {
  let palette: Palette
  let style: StateOutputStyle

  private struct Group {
    var hosts: [String]
    let report: StateReport
    var longest: Double
  }

  /// What is told of a host. States that are not shown count by their number alone: their names may hold the host's own.
  private struct Told: Hashable {
    let states: [StateLine.Outcome]
    let total: Int
    let counts: String
  }

  /// Nil when no outcome is a state run; else the lines, and the outcomes that are none.
  func lines(_ outcomes: [MinionOutcome]) -> (lines: [String], rest: [MinionOutcome])? {
    var groups: [Group] = []
    var places: [Told: Int] = [:]
    var uncompiled: [(errors: [String], hosts: [String])] = []
    var rest: [MinionOutcome] = []
    for outcome in outcomes {
      if let report = outcome.value.flatMap({ StateReport($0) }) {
        let key = Told(
          states: report.states.filter(style.shows).map(\.outcome), total: report.states.count, counts: report.counts)
        if let place = places[key] {
          groups[place].hosts.append(outcome.id)
          groups[place].longest = max(groups[place].longest, report.duration)
        } else {
          places[key] = groups.count
          groups.append(Group(hosts: [outcome.id], report: report, longest: report.duration))
        }
      } else if !outcome.isReturned, let errors = outcome.value.flatMap({ StateReport.compileErrors($0) }) {
        if let place = uncompiled.firstIndex(where: { $0.errors == errors }) {
          uncompiled[place].hosts.append(outcome.id)
        } else {
          uncompiled.append((errors, [outcome.id]))
        }
      } else {
        rest.append(outcome)
      }
    }
    guard !groups.isEmpty || !uncompiled.isEmpty else { return nil }
    let ordered = groups.filter { $0.report.failed == 0 } + groups.filter { $0.report.failed > 0 }
    let highstate = HighstateOutput(palette: palette, style: style)
    var lines: [String] = []
    for group in ordered {
      if !lines.isEmpty { lines.append("") }
      lines += block(group, highstate)
    }
    for (errors, hosts) in uncompiled {
      if !lines.isEmpty { lines.append("") }
      lines += [palette.paint(header(hosts), .red)] + highstate.compileErrors(errors)
    }
    return (lines, rest)
  }

  private func header(_ hosts: [String]) -> String {
    let folded = TerminalText.line(HostSet(hosts).description)
    return hosts.count > 1 ? "\(folded) (\(hosts.count)):" : "\(folded):"
  }

  /// What happened on these hosts, and one line that counts.
  private func block(_ group: Group, _ highstate: HighstateOutput) -> [String] {
    let report = group.report
    let color: Palette.Color = report.failed > 0 ? .red : report.changed > 0 || report.unchanged > 0 ? .cyan : .green
    let time = HighstateOutput.time(group.longest)
    let counts =
      "\(report.counts) of \(report.states.count) states in \(time.number) \(time.unit)"
      + (group.hosts.count > 1 ? " (the longest)" : "")
    return [palette.paint(header(group.hosts), color) + " " + counts] + highstate.states(report)
  }
}
