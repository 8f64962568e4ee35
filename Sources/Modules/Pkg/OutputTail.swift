import HostSystem

/// The end of what a failed program printed, short enough for a message that a thousand hosts may send.
enum OutputTail {
  /// The last lines of standard error, or of standard output when that is empty, each cut at 300 characters.
  static func text(of result: CommandResult, lines limit: Int = 20) -> String {
    let error = result.errorText.splitLines().filter { !$0.trimmed().isEmpty }
    let lines = error.isEmpty ? result.outputLines.filter { !$0.trimmed().isEmpty } : error
    return lines.suffix(limit).map { $0.count > 300 ? "\($0.prefix(300))…" : $0 }.joined(separator: "\n")
  }

  /// How the program ended, in words: `exit code 100`, `killed by signal 9`, `timed out`.
  static func ending(of result: CommandResult) -> String {
    switch result.ending {
    case .exited(let code): "exit code \(code)"
    case .signalled(let signal): "killed by signal \(signal)"
    case .timedOut: "timed out"
    }
  }

  /// One sentence for a failed command, then the program's own words.
  static func failure(of arguments: [String], _ result: CommandResult, lines limit: Int = 20) -> String {
    let line = arguments.joined(separator: " ")
    let shown = line.count > 400 ? "\(line.prefix(400))…" : line
    let tail = text(of: result, lines: limit)
    return "`\(shown)` failed (\(ending(of: result)))" + (tail.isEmpty ? "." : ":\n\(tail)")
  }
}
