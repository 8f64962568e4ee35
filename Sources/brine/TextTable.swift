import Operator
import Value

/// Rows of maps as aligned columns.
enum TextTable {
  static func render(_ rows: [Value], columns: [String]) -> String {
    let cells = [columns] + rows.map { row in columns.map { text(row[$0] ?? .null) } }
    let widths = columns.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { line in
      var text = ""
      for (column, cell) in line.enumerated() {
        text += cell
        if column + 1 < line.count { text += String(repeating: " ", count: widths[column] - cell.count + 2) }
      }
      return text + "\n"
    }.joined()
  }

  /// What minions say is hostile to a terminal: control characters are shown, not sent.
  private static func text(_ value: Value) -> String { value.isNull ? "-" : TerminalText.line(value.description) }
}
