import OrderedCollections
import Targeting
import Value

/// Results as text. Pure: it knows neither terminal nor clock.
///
/// What minions send is hostile: in the formats for people every control character is shown as an escape, and colours
/// come from here only. The formats for machines hold whole values, never shortened.
public enum OutputRenderer {
  /// - Parameters:
  ///   - function: what was run; the lines of `jsonl` name it.
  ///   - width: columns of the terminal, to which `table` is cut; 0 for no limit.
  ///   - states: how state runs are shown in the formats for people.
  public static func render(
    _ outcomes: [MinionOutcome], as format: OutputFormat, function: String = "", color: Bool = false, width: Int = 0,
    states: StateOutputStyle = StateOutputStyle()
  ) -> String {
    let outcomes = sorted(outcomes)
    guard !outcomes.isEmpty else { return format == .json || format == .yaml ? "{}\n" : "" }
    return switch format {
    case .folded: FoldedOutput(palette: Palette(isOn: color), states: states).render(outcomes)
    case .nested: NestedOutput(palette: Palette(isOn: color)).render(outcomes)
    case .highstate: highstate(outcomes, Palette(isOn: color), states)
    case .json: JSONWriter.pretty(reports(outcomes)) + "\n"
    case .jsonl: outcomes.map { JSONWriter.compact(record($0, function: function)) + "\n" }.joined()
    case .yaml: YAMLWriter.write(reports(outcomes))
    case .table: TableOutput(palette: Palette(isOn: color), width: width).render(outcomes)
    case .raw: outcomes.map { JSONWriter.compact([.string($0.id): $0.report]) + "\n" }.joined()
    case .quiet: ""
    }
  }

  private static func highstate(
    _ outcomes: [MinionOutcome], _ palette: Palette, _ style: StateOutputStyle
  ) -> String {
    let output = HighstateOutput(palette: palette, style: style)
    return outcomes.map { outcome in
      output.lines(outcome).map { $0.map { $0 + "\n" }.joined() } ?? NestedOutput(palette: palette).render([outcome])
    }.joined()
  }

  private static func sorted(_ outcomes: [MinionOutcome]) -> [MinionOutcome] {
    let byID = Dictionary(outcomes.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    return NaturalOrder.sorted(byID.keys).compactMap { byID[$0] }
  }

  private static func reports(_ outcomes: [MinionOutcome]) -> Value {
    .map(ValueMap(uniqueKeysWithValues: outcomes.map { (.string($0.id), $0.report) }))
  }

  private static func record(_ outcome: MinionOutcome, function: String) -> Value {
    var record: ValueMap = ["minion": .string(outcome.id)]
    if !function.isEmpty { record["function"] = .string(function) }
    record["state"] = .string(outcome.state)
    record["return"] = outcome.value ?? .null
    record["seconds"] = outcome.seconds.map(Value.double) ?? .null
    record["error"] = outcome.error.map(Value.string) ?? .null
    record["reason"] = .string(outcome.reason)
    return .map(record)
  }
}
