/// Answers in aligned columns, cut to the width of the terminal; below them what did not return, and the line that counts.
struct TableOutput {
  let palette: Palette
  /// 0 for no limit.
  let width: Int

  private static let gap = 2
  private static let narrowest = 8

  func render(_ outcomes: [MinionOutcome]) -> String {
    let returned = outcomes.filter(\.isReturned)
    var lines = returned.isEmpty ? [] : table(TableRows(returned))
    let remainder = FoldedOutput(palette: palette).remainder(outcomes)
    if !lines.isEmpty, !remainder.isEmpty { lines.append("") }
    lines += remainder
    if outcomes.count > 1 { lines += ["", OutcomeSummary.line(outcomes)] }
    return lines.map { $0 + "\n" }.joined()
  }

  private func table(_ table: TableRows) -> [String] {
    let widths = fitted(
      table.header.indices.map { column in
        ([table.header] + table.rows).reduce(1) { max($0, TerminalText.width($1[column])) }
      })
    let rule = widths.map { String(repeating: "-", count: $0) }
    let header = line(table.header, widths, table.numeric)
    return [palette.paint(header, .cyan), line(rule, widths, [])] + table.rows.map { line($0, widths, table.numeric) }
  }

  /// The widths with the widest columns cut until the line fits, none below what a reader needs.
  private func fitted(_ widths: [Int]) -> [Int] {
    guard width > 0 else { return widths }
    var widths = widths
    var excess = widths.reduce(0, +) + Self.gap * (widths.count - 1) - width
    while excess > 0, let widest = widths.max(), widest > Self.narrowest, let column = widths.firstIndex(of: widest) {
      // Down to the next widest column at once, or as far as it takes.
      let next = widths.filter { $0 < widest }.max() ?? 0
      let cut = min(excess, max(1, widest - max(next, Self.narrowest)))
      widths[column] -= cut
      excess -= cut
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int], _ numeric: Set<Int>) -> String {
    var output = ""
    for (column, cell) in cells.enumerated() {
      let cell = TerminalText.cut(cell, to: widths[column])
      let padding = String(repeating: " ", count: widths[column] - TerminalText.width(cell))
      output += numeric.contains(column) ? padding + cell : cell + padding
      output += String(repeating: " ", count: Self.gap)
    }
    return String(output.reversed().drop { $0 == " " }.reversed())
  }
}
