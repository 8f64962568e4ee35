public import Functions
import Glibc
import Value

/// `log.*`: messages from templates, as formulas write them (`{% do salt['log.debug'](…) %}`).
public enum LogFunctions {
  public static let all: [Function] = LogSeverity.allCases.map(function)

  private static func function(_ severity: LogSeverity) -> Function {
    Function(
      "log.\(severity.rawValue)", "Writes a message of severity '\(severity.rawValue)' to the host's log.",
      details: """
        Returns true. The line goes to standard error, if `log_level` lets it through. \
        Example: `{% do salt['log.\(severity.rawValue)']('no site is given') %}`.
        """,
      effect: .read,
      parameters: [.required("message", .any, "What is written; a value that is no text as its text.")]
    ) { arguments, context in
      let threshold = context.options["log_level"]?.stringValue ?? "info"
      if severity.passes(threshold) { Self.write(severity.line(arguments["message"].description)) }
      return true
    }
  }

  /// What cannot be written is lost: a template does not fail for its log.
  private static func write(_ line: String) {
    let bytes = Array(line.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
