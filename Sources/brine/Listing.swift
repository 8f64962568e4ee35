import CommandLine
import Operator
import Value

/// Shows a list of maps in the formats that listings have.
enum Listing {
  static func show(_ rows: [Value], columns: [String], as format: OutputFormat) {
    switch format {
    case .json: Terminal.print(JSONWriter.pretty(.list(rows)))
    case .jsonl: for row in rows { Terminal.print(JSONWriter.compact(row)) }
    case .yaml: Terminal.write(YAMLWriter.write(.list(rows)))
    case .quiet: break
    default:
      guard !rows.isEmpty else { return Terminal.error("(none)") }
      Terminal.write(TextTable.render(rows, columns: columns))
    }
  }
}
