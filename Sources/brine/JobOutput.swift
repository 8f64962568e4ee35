import ArgumentParser
import CommandLine
import Operator
import Targeting
import Value
import Wire

/// Gathers a job's ends as they come and shows them: a progress line on a terminal, the outcomes at the end (line by line
/// as they come with `--out jsonl`).
final class JobOutput {
  private let format: OutputFormat
  private let function: String
  private let states: StateOutputStyle
  private(set) var job: JobID?
  private(set) var expected: [String] = []
  private var outcomes: [String: MinionOutcome] = [:]
  private var counts: ValueMap = [:]
  private var lines: ValueMap = [:]
  private var isLineShown = false
  private var hasUnknown = false

  init(format: OutputFormat, function: String = "", states: StateOutputStyle = StateOutputStyle(isVerbose: false)) {
    self.format = format
    self.function = function
    self.states = states
  }

  /// Takes one part of a stream.
  func take(_ part: Value) {
    if let id = part["job"]?.stringValue.flatMap({ JobID($0) }) { job = id }
    if let minions = part["minions"]?.listValue { expected = minions.map(\.description) }
    for unknown in part["unknown"]?.listValue ?? [] {
      hasUnknown = true
      Terminal.error("brine: there is no minion '\(TerminalText.line(unknown.description))'")
    }
    PillarFailures.warn(part["pillar_failures"])
    for outcome in part["outcomes"]?.listValue ?? [] { add(MinionOutcome(reported: outcome)) }
    if let progress = part["progress"] {
      counts = progress["counts"]?.mapValue ?? [:]
      lines = progress["lines"]?.mapValue ?? [:]
    }
    showProgress()
  }

  /// The minions that may still answer: not those that are away.
  var isAnybodyWorking: Bool {
    counts.contains { $0.key != "ended" && $0.key != "offline" && ($0.value.intValue ?? 0) > 0 }
  }
  var hasCounts: Bool { !counts.isEmpty }
  var missing: [String] { expected.filter { outcomes[$0] == nil } }
  var all: [MinionOutcome] { outcomes.values.sorted { NaturalOrder.precedes($0.id, $1.id) } }
  var hasFailures: Bool { outcomes.values.contains { $0.state != "returned" && !Self.isOpen($0.state) } }
  /// Hosts that were named and do not exist cannot answer either.
  var hasOpen: Bool { hasUnknown || isUnfinished }
  var isUnfinished: Bool { !missing.isEmpty || outcomes.values.contains { Self.isOpen($0.state) } }

  private static func isOpen(_ state: String) -> Bool { ["queued", "delivered", "running"].contains(state) }

  private func add(_ outcome: MinionOutcome) {
    let isNew = outcomes.updateValue(outcome, forKey: outcome.id) == nil
    if isNew, format == .jsonl, !Self.isOpen(outcome.state) { show([outcome]) }
  }

  /// Shows what there is; with `jsonl` only what was not shown yet.
  func finish() {
    clearProgress()
    show(format == .jsonl ? all.filter { Self.isOpen($0.state) } : all)
  }

  private func show(_ outcomes: [MinionOutcome]) {
    guard !outcomes.isEmpty else { return }
    Terminal.write(
      OutputRenderer.render(
        outcomes, as: format, function: function, color: Terminal.usesColor, width: Terminal.width, states: states))
  }

  // MARK: Progress

  private func showProgress() {
    guard Terminal.isErrorTerminal, !expected.isEmpty, format != .quiet else { return }
    let done = outcomes.values.count { !Self.isOpen($0.state) }
    var text = "\(done)/\(expected.count) done"
    for state in ["running", "delivered", "queued", "reconnecting", "offline"] {
      if let count = counts[state]?.intValue, count > 0 { text += ", \(count) \(state)" }
    }
    if let (id, line) = lines.elements.first { text += " · \(id): \(line)" }
    let width = max(20, Terminal.errorWidth)
    Terminal.write("\r\u{1B}[K\(TerminalText.line(text).prefix(width - 1))", to: 2)
    isLineShown = true
  }

  func clearProgress() {
    guard isLineShown else { return }
    Terminal.write("\r\u{1B}[K", to: 2)
    isLineShown = false
  }
}
