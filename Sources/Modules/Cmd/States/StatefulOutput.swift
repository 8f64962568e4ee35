import Functions
import HostSystem
import OrderedCollections
import Value

/// The `stateful` word of a command: whether its output says what changed, and what to run in test mode.
struct StatefulOutput: Sendable {
  var isOn: Bool
  var testName: String?

  init(_ value: Value) {
    isOn = value == true || value.listValue?.isEmpty == false
    testName = value.listValue?.first?["test_name"]?.description
  }

  /// A finished command's result, read again by what the command printed: JSON, or `name=value` words on the last line.
  ///
  /// - Throws: `FunctionError` when `changed` is no boolean.
  static func reinterpreted(_ state: StateResult) throws -> StateResult {
    let ran = state.changes
    var state = state
    state.changes = [:]
    state.comment = ""
    guard let output = ran["stdout"]?.stringValue, !output.isEmpty else {
      state.comment = ran["stderr"]?.stringValue ?? ""
      return state
    }
    let json = try? JSONParser.parse(output)
    if let json, json.mapValue == nil {
      state.comment = "script JSON output must be a JSON object (e.g., {})!"
      state.result = false
      return state
    }
    let before = json == nil ? textBeforeLastLine(output) : ""
    guard var data = json?.mapValue ?? pairs(lastLine(output)) else {
      state.comment = "Failed parsing script output! Stdout must be JSON or a line of name=value pairs."
      state.result = false
      state.changes = ran
      return state
    }
    let isChanged = try truth(data["changed"] ?? "no")
    if let comment = data.removeValue(forKey: "comment") { state.comment = comment.description }
    guard isChanged else { return state }
    for (key, value) in ran where data[key] == nil { data[key] = value }
    data["stdout"] = .string(before)
    state.changes = data
    return state
  }

  private static func lastLine(_ output: String) -> String {
    output.utf8.lastIndex(of: UInt8(ascii: "\n")).map { String(output[output.utf8.index(after: $0)...]) } ?? output
  }

  /// Of a single line Salt cuts off the last character.
  private static func textBeforeLastLine(_ output: String) -> String {
    output.utf8.lastIndex(of: UInt8(ascii: "\n")).map { String(output[..<$0]) } ?? String(output.dropLast())
  }

  private static func pairs(_ line: String) -> ValueMap? {
    guard let words = try? ShellWords.split(line) else { return nil }
    var pairs: ValueMap = [:]
    for word in words {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      pairs[String(parts[0])] = .string(String(parts[1]))
    }
    return pairs
  }

  private static func truth(_ value: Value) throws -> Bool {
    switch value.description.lowercased() {
    case "true", "yes", "1": return true
    case "false", "no", "0": return false
    default: throw FunctionError(.failed, "Failed parsing boolean value: \(value)")
    }
  }
}
