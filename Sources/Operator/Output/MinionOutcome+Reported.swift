public import Value
import Wire

extension MinionOutcome {
  /// Reads what the master sends of a job on one minion. Value, error and times are the minion's own word, and may be
  /// anything.
  public init(reported value: Value) {
    let encoded = value["value"]?.bytesValue
    let decoded = encoded.flatMap { try? MessagePackReader.decode($0) }
    let started = Moment(microseconds: value["started"]?.intValue ?? 0)
    let ended = Moment(microseconds: value["ended"]?.intValue ?? 0)
    var error = value["error"]?.stringValue
    if encoded != nil, decoded == nil { error = "its return value cannot be read" }
    var state = value["state"]?.stringValue ?? "?"
    // What cannot be read is no success.
    if encoded != nil, decoded == nil, state == "returned" { state = "failed" }
    let code = value["exit"]?.intValue ?? 0
    let isPlainFailure = state == "failed" && error == nil && code != 0
    self.init(
      id: value["id"]?.stringValue ?? "?", state: state, value: decoded, error: error,
      reason: value["reason"]?.stringValue ?? (isPlainFailure ? "exit code \(code)" : ""),
      seconds: ended.microseconds > 0 ? ended - started : nil)
  }
}
