import Functions
import OrderedCollections
import Value

/// States that are not to be run on this host for a while: the grain `state_runs_disabled`.
extension StateFunctions {
  static let switches: [Function] = [
    turned("state.disable", "disabled", "Has states not run on this host: SLS, `NAME.*` or `highstate`."),
    turned("state.enable", "enabled", "Has states run again that state.disable has stopped."),
    Function("state.list_disabled", "Lists the states that are not run on this host.", effect: .read) { _, context in
      .strings(disabled(context))
    },
  ]

  private static func disabled(_ context: FunctionContext) -> [String] {
    context.grains["state_runs_disabled"]?.listValue?.map(\.description) ?? []
  }

  private static func turned(_ name: String, _ word: String, _ summary: String) -> Function {
    Function(
      name, summary, details: "Returns `{res: True, msg}`.", effect: .change,
      parameters: [.required("states", .stringList, "Their names, a list or joined by commas.")]
    ) { arguments, context in
      var list = disabled(context)
      var words: [String] = []
      for state in arguments.strings("states") {
        let isThere = list.contains(state)
        let isDone = isThere == (word == "disabled")
        words.append("Info: \(state) state \(isDone ? "already " : "")\(word).")
        if !isDone { if isThere { list.removeAll { $0 == state } } else { list.append(state) } }
      }
      if !context.isTest {
        _ = try await GrainsFunctions.setValue.call(
          ["key": "state_runs_disabled", "val": .strings(list)], context)
      }
      return ["res": true, "msg": .string(words.joined(separator: "\n"))]
    }
  }

  /// What Salt answers where a run is disabled; nil where it is not.
  static func refusal(_ name: String, _ arguments: Arguments, _ context: FunctionContext) -> Value? {
    let list = disabled(context)
    guard !list.isEmpty, ["state.apply", "state.highstate", "state.sls", "state.test"].contains(name) else {
      return nil
    }
    let wanted = arguments.has("mods") ? arguments.strings("mods") : []
    guard !wanted.isEmpty else {
      guard list.contains("highstate") else { return nil }
      return [
        "name": "Salt highstate run is disabled. To re-enable, run state.enable highstate", "result": "False",
        "comment": "Disabled",
      ]
    }
    let sentences = wanted.flatMap { state in
      list.compactMap { entry -> String? in
        let head = "The state file \"\(state)\" is currently disabled"
        if entry.hasSuffix(".*") {
          guard state.hasPrefix(entry.dropLast()) else { return nil }
          return "\(head) by \"\(entry)\", to re-enable, run state.enable \(entry)."
        }
        return entry == state ? "\(head), to re-enable, run state.enable \(entry)." : nil
      }
    }
    return sentences.isEmpty ? nil : .strings(sentences)
  }
}
