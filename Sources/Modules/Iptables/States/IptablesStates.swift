public import Functions
import OrderedCollections
import Value

/// States `iptables.*`: rules, chains and policies of the packet filter.
public enum IptablesStates {
  public static let all: [StateFunction] = rules + chains

  static let name = Parameter.required(
    "name", .string, "What it is called in comments and changes.")
  static let more = Parameter.keywords(
    "kwargs",
    "`chain`, `position`, `save` (True, or the file), and options of the rule without dashes; `!` before a value negates "
      + "it. `rules` is a list of maps of the same, for several in one state.")

  private static let rules: [StateFunction] = [
    state("append", "A chain has a rule; otherwise it is put at its end."),
    state("insert", "A chain has a rule; otherwise it is put at a place in it."),
    state("delete", "A chain does not have a rule."),
  ]

  private static func state(_ function: String, _ summary: String) -> StateFunction {
    StateFunction(
      "iptables.\(function)", summary,
      details: """
        Example:

            ssh:
              iptables.append:
                - chain: INPUT
                - proto: tcp
                - dport: 22
                - jump: ACCEPT
                - save: true
        """,
      parameters: [name, IptablesFunctions.table, IptablesFunctions.family, more]
    ) { arguments, context in
      try await answered(arguments["name"].description) {
        var options = arguments.map("kwargs")
        options["name"] = arguments["name"]
        options["table"] = arguments["table"]
        options["family"] = arguments["family"]
        return try await RuleChange(function: function, context: context.functions).result(options)
      }
    }
  }

  /// What cannot be done is a failed state with the reason.
  static func answered(_ name: String, _ body: () async throws -> StateResult) async throws
    -> StateResult
  {
    do { return try await body() } catch let error as FunctionError {
      return StateResult(false, error.description)
    }
  }
}
