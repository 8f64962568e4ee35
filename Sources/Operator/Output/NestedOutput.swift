import OrderedCollections
import Value

/// One host after the other, in the look of Salt's nested outputter: a line of dashes opens a map, each level stands four
/// columns further in, keys are sorted.
struct NestedOutput {
  let palette: Palette

  func render(_ outcomes: [MinionOutcome]) -> String {
    outcomes.flatMap(lines).map { $0 + "\n" }.joined()
  }

  private func lines(_ outcome: MinionOutcome) -> [String] {
    let header = palette.paint(TerminalText.line(outcome.id) + ":", outcome.isReturned ? .cyan : .red)
    if outcome.isReturned { return [header] + lines(outcome.value ?? .null, indent: 4, prefix: "") }
    let explanation = TerminalText.lines(outcome.explanation).map {
      line($0, indent: 4, outcome.isPending ? .yellow : .red)
    }
    return [header] + explanation + (outcome.value.map { lines($0, indent: 4, prefix: "") } ?? [])
  }

  func lines(_ value: Value, indent: Int, prefix: String) -> [String] {
    switch value {
    case .null, .bool, .int, .double: return [line(prefix + value.description, indent: indent, .yellow)]
    case .bytes(let bytes): return [line(prefix + JSONWriter.text(of: bytes), indent: indent, .green)]
    case .string(""): return []
    case .string(let text):
      let continuation = String(repeating: " ", count: prefix.utf8.count)
      return TerminalText.lines(text).enumerated().map { index, text in
        line((index == 0 ? prefix : continuation) + text, indent: indent, .green)
      }
    case .list(let list): return list.flatMap { element($0, indent: indent) }
    case .map(let map):
      let entries = map.elements.sorted { $0.key.description < $1.key.description }
      return [line("----------", indent: indent, .cyan)]
        + entries.flatMap { key, value in
          [line(prefix + TerminalText.line(key.description) + ":", indent: indent, .cyan)]
            + lines(value, indent: indent + 4, prefix: "")
        }
    }
  }

  private func element(_ value: Value, indent: Int) -> [String] {
    switch value {
    case .list, .map: [line("|_", indent: indent, .green)] + lines(value, indent: indent + 2, prefix: "")
    default: lines(value, indent: indent, prefix: "- ")
    }
  }

  private func line(_ text: String, indent: Int, _ color: Palette.Color) -> String {
    String(repeating: " ", count: indent) + palette.paint(text, color)
  }
}
