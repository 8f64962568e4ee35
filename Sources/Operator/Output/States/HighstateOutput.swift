import OrderedCollections
import Value

/// State runs in the look of Salt's highstate outputter: a block a state, a summary a host.
struct HighstateOutput {
  let palette: Palette
  let style: StateOutputStyle

  /// Nil when an outcome is no state run and no list of compile errors.
  func lines(_ outcome: MinionOutcome) -> [String]? {
    guard let value = outcome.value else { return nil }
    let id = TerminalText.line(outcome.id)
    if let report = StateReport(value) {
      let header = palette.paint("\(id):", report.failed > 0 ? .red : report.changed > 0 ? .cyan : .green)
      return [header] + states(report) + [""] + summary(report, of: id)
    }
    guard !outcome.isReturned, let errors = StateReport.compileErrors(value) else { return nil }
    return [palette.paint("\(id):", .red)] + compileErrors(errors)
  }

  func compileErrors(_ errors: [String]) -> [String] {
    [palette.paint("    Data failed to compile:", .red)]
      + errors.flatMap { error in
        ["----------"] + TerminalText.lines(error).map { palette.paint("    \($0)", .red) }
      }
  }

  func states(_ report: StateReport) -> [String] {
    report.states.filter(style.shows).flatMap { style.isShort($0) ? [short($0)] : block($0) }
  }

  private func color(_ state: StateLine) -> Palette.Color {
    switch state.result {
    case false: .red
    case nil: .yellow
    default: state.changes.isEmpty ? .green : .cyan
    }
  }

  private func short(_ state: StateLine) -> String {
    let result =
      switch state.result {
      case false: "Failed"
      case nil: "Differs"
      default: state.changes.isEmpty ? "Clean" : "Changed"
      }
    var text =
      "  Name: \(TerminalText.line(state.name)) - Function: \(TerminalText.line(state.function)) - Result: \(result)"
    if !state.started.isEmpty {
      text +=
        " - Started: \(TerminalText.line(state.started)) - Duration: \(JSONWriter.compact(.double(state.duration))) ms"
    }
    return palette.paint(text, color(state))
  }

  private func block(_ state: StateLine) -> [String] {
    let color = color(state)
    func field(_ label: String, _ text: String) -> [String] {
      TerminalText.lines(text).enumerated().map { index, line in
        palette.paint((index == 0 ? label : "              ") + line, color)
      }
    }
    var lines = [palette.paint("----------", color)]
    lines += field("          ID: ", state.id) + field("    Function: ", state.function)
    if state.name != state.id { lines += field("        Name: ", state.name) }
    let result = state.result.map { $0 ? "True" : "False" } ?? "None"
    lines += field("      Result: ", result) + field("     Comment: ", state.comment)
    if !state.started.isEmpty {
      lines += field("     Started: ", state.started)
      lines += field("    Duration: ", "\(JSONWriter.compact(.double(state.duration))) ms")
    }
    lines.append(palette.paint("     Changes:   ", color))
    if !state.changes.isEmpty {
      lines += NestedOutput(palette: palette).lines(state.changes, indent: 14, prefix: "")
    }
    if !state.warnings.isEmpty {
      lines += TerminalText.lines("    Warnings: " + state.warnings.joined(separator: "\n              ")).map {
        palette.paint($0, .red)
      }
    }
    return lines
  }

  private func summary(_ report: StateReport, of id: String) -> [String] {
    let failed = report.failed
    let succeeded = report.states.count - failed
    let width = "Succeeded: ".count + max(1, String(max(succeeded, failed)).count)
    func count(_ label: String, _ number: Int) -> String {
      label + String(repeating: " ", count: max(1, width - label.count - String(number).count)) + "\(number)"
    }
    var details: [String] = []
    if report.unchanged > 0 { details.append(palette.paint("unchanged=\(report.unchanged)", .yellow)) }
    if report.changed > 0 { details.append(palette.paint("changed=\(report.changed)", .green)) }
    let bar = palette.paint(String(repeating: "-", count: width), .cyan)
    var lines = [palette.paint("Summary for \(id)", .cyan), bar]
    lines.append(
      palette.paint(count("Succeeded:", succeeded), .green)
        + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"))
    lines.append(palette.paint(count("Failed:", failed), failed > 0 ? .red : .cyan))
    if report.warnings > 0 { lines.append(palette.paint(count("Warnings:", report.warnings), .red)) }
    lines.append(bar)
    let total = String(report.states.count)
    lines.append(
      palette.paint(
        "Total states run:" + String(repeating: " ", count: max(1, width - 6 - total.count)) + total, .cyan))
    let time = Self.time(report.duration)
    lines.append(
      palette.paint(
        "Total run time:" + String(repeating: " ", count: max(1, width - 4 - time.number.count)) + time.number
          + " \(time.unit)", .cyan))
    return lines
  }

  /// Milliseconds with three decimals, seconds from 1000 ms on.
  static func time(_ milliseconds: Double) -> (number: String, unit: String) {
    // A minion may say anything; no run takes longer than 300 years.
    let milliseconds = milliseconds.isFinite ? min(max(milliseconds, 0), 1e13) : 0
    let isLong = milliseconds > 999
    let thousandths = Int64(((isLong ? milliseconds / 1000 : milliseconds) * 1000).rounded())
    let fraction = String(thousandths % 1000)
    let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
    return ("\(thousandths / 1000).\(padded)", isLong ? "s" : "ms")
  }
}
