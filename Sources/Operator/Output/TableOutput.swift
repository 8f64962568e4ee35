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

  /// The widths, the widest columns cut to one size so that the line fits, though none below what a reader needs.
  private func fitted(_ widths: [Int]) -> [Int] {
    guard width > 0, let widest = widths.max() else { return widths }
    let room = width - Self.gap * (widths.count - 1)
    let total = { (limit: Int) in widths.reduce(0) { $0 + min($1, limit) } }
    var low = Self.narrowest
    var high = max(widest, low)
    while low < high {
      let middle = (low + high + 1) / 2
      if total(middle) <= room { low = middle } else { high = middle - 1 }
    }
    var spare = max(0, room - total(low))
    return widths.map { width in
      guard width > low, spare > 0 else { return min(width, low) }
      spare -= 1
      return low + 1
    }
  }

  private func line(_ cells: [String], _ widths: [Int], _ numeric: Set<Int>) -> String {
    var output = ""
    for (column, cell) in cells.enumerated() {
      let cell = TerminalText.cut(cell, to: widths[column])
      let padding = String(repeating: " ", count: widths[column] - TerminalText.width(cell))
      output += numeric.contains(column) ? padding + cell : cell + padding
      output += String(repeating: " ", count: Self.gap)
    }
    while output.utf8.last == UInt8(ascii: " ") { output.removeLast() }
    return output
  }
}
