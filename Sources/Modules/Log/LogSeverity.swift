/// How bad what a message tells is, under the names of Salt's `log.*` functions.
enum LogSeverity: String, CaseIterable, Sendable {
  case debug, info, warning, error, critical, exception

  /// Whether a message is shown under a `log_level`. An unknown level counts as `info`.
  func passes(_ level: String) -> Bool {
    let order = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
    let name = self == .exception ? LogSeverity.error.rawValue : rawValue
    return (order.firstIndex(of: name) ?? 0) >= (order.firstIndex(of: level) ?? 2)
  }

  /// One line; control characters of the message are escaped, so that no template forges further lines.
  func line(_ message: String) -> String {
    var text = ""
    for scalar in message.unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.properties.generalCategory == .control: text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return "[\(rawValue.uppercased())] \(text)\n"
  }
}
