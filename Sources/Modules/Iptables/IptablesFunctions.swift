public import Functions
import HostSystem
import OrderedCollections
import Value

/// `iptables.*`: the packet filter by iptables(8) and ip6tables(8).
public enum IptablesFunctions {
  public static let all: [Function] = reading + rules + chains + [version, buildRule, save]

  static let table = Parameter.optional("table", .string, default: "filter", "The table.")
  static let family = Parameter.optional(
    "family", .string, default: "ipv4", "The protocol.", choices: ["ipv4", "ipv6"])
  static let chain = Parameter.required("chain", .string, "The chain.")
  private static let rule = Parameter.required("rule", .string, "The rule, as on the command line.")

  private static let version = Function(
    "iptables.version", "The version of iptables.", effect: .inspect, parameters: [family]
  ) { arguments, context in .string(try await tool(arguments, context).version()) }

  private static let buildRule = Function(
    "iptables.build_rule", "A rule as text, from options by name.",
    details: "Example: `brine run web1 iptables.build_rule proto=tcp dport=22 jump=ACCEPT`.",
    effect: .inspect,
    parameters: [
      table, .optional("chain", .string, "The chain."),
      .optional("command", .string, "The letter of the command."),
      .optional("position", .any, default: "", "The place in the chain."),
      .optional("full", .any, "True gives the whole command."), family,
      .keywords("kwargs", "Options of the rule without dashes; `!` before a value negates it."),
    ]
  ) { arguments, context in
    let rule = try IptablesRule(arguments.map("kwargs"))
    let isFull = arguments["full"] == true || arguments["full"] == "True"
    guard isFull else { return .string(rule.text) }
    for (name, word) in [("chain", "Chain"), ("command", "Command")]
    where arguments.string(name).isEmpty {
      return .string("Error: \(word) needs to be specified")
    }
    return .string(
      try tool(arguments, context).line(
        arguments.string("command"), arguments.string("table"), arguments.string("chain"),
        arguments.string("position"), rule))
  }

  private static let save = Function(
    "iptables.save", "Writes the rules in the kernel to a file, from which they come back at boot.",
    details:
      "The file is the distribution's own unless named (Debian: /etc/iptables/rules.v4 of iptables-persistent).",
    effect: .change, parameters: [.optional("filename", .string, "The file."), family]
  ) { arguments, context in
    guard !context.isTest else { return "The rules would be saved" }
    return .string(try await tool(arguments, context).save(arguments.optionalString("filename")))
  }

  private static let reading: [Function] = [
    Function(
      "iptables.get_rules", "The rules in the kernel.",
      details:
        "Returns `{table: {chain: {policy, packet count, byte count, rules, rules_comment}}}`.",
      effect: .inspect, parameters: [family]
    ) { arguments, context in .map(try await tool(arguments, context).rules()) },
    Function(
      "iptables.get_saved_rules", "The rules in the file from which they come back at boot.",
      effect: .inspect,
      parameters: [.optional("conf_file", .string, "The file."), family]
    ) { arguments, context in
      guard
        let rules = try tool(arguments, context).savedRules(arguments.optionalString("conf_file"))
      else {
        throw FunctionError(.notFound, "There is no file with saved rules.")
      }
      return .map(rules)
    },
    Function(
      "iptables.get_policy", "What is done with packets that no rule of a chain takes.",
      effect: .inspect,
      parameters: [table, chain, family]
    ) { arguments, context in
      try await tool(arguments, context).rules()[arguments.string("table")]?[
        arguments.string("chain")]?["policy"]
        ?? .null
    },
    Function(
      "iptables.get_saved_policy", "The policy of a chain in the saved rules.", effect: .inspect,
      parameters: [table, chain, .optional("conf_file", .string, "The file."), family]
    ) { arguments, context in
      try tool(arguments, context).savedRules(arguments.optionalString("conf_file"))?[
        arguments.string("table")]?[
          arguments.string("chain")]?["policy"] ?? .null
    },
    Function(
      "iptables.check", "Whether a chain has a rule.", effect: .inspect,
      parameters: [table, chain, rule, family]
    ) { arguments, context in
      let (table, chain) = try place(arguments)
      return .bool(
        try await tool(arguments, context).has(
          IptablesRule(words: arguments.string("rule")), table: table, chain: chain))
    },
    Function(
      "iptables.check_chain", "Whether a table has a chain.", effect: .inspect,
      parameters: [table, chain, family]
    ) { arguments, context in
      let (table, chain) = try place(arguments)
      return .bool(try await hasChain(tool(arguments, context), table, chain))
    },
  ]

  private static let rules: [Function] = [
    Function(
      "iptables.append", "Puts a rule at the end of a chain, unless it has it.",
      details: "Returns true, and false when it was there or could not be put there. "
        + "Example: `brine run web1 iptables.append filter INPUT '-p tcp --dport 22 -j ACCEPT'`.",
      effect: .change, parameters: [table, chain, rule, family]
    ) { arguments, context in
      let (table, chain) = try place(arguments)
      let tool = try tool(arguments, context)
      let rule = try IptablesRule(words: arguments.string("rule"))
      if try await tool.has(rule, table: table, chain: chain) { return false }
      guard !context.isTest else { return true }
      return .bool(try await tool.change(["-t", table, "-A", chain] + rule.words).isEmpty)
    },
    Function(
      "iptables.insert", "Puts a rule at a place in a chain, unless it has it.",
      details: "Returns an empty text when it was put there, false when the chain has it.",
      effect: .change,
      parameters: [
        table, chain, .required("position", .int, "From 1; -1 is before the last."), rule, family,
      ]
    ) { arguments, context in
      let (table, chain) = try place(arguments)
      let tool = try tool(arguments, context)
      let rule = try IptablesRule(words: arguments.string("rule"))
      let position = try await position(arguments.int("position") ?? 0, tool, table, chain)
      if try await tool.has(rule, table: table, chain: chain) { return false }
      guard !context.isTest else { return "" }
      return .string(
        try await tool.change(["-t", table, "-I", chain, String(position)] + rule.words))
    },
    Function(
      "iptables.delete", "Takes a rule out of a chain, by its place or as it is.",
      details: "Returns an empty text, or why it could not be done.", effect: .change,
      parameters: [
        table, chain, .optional("position", .int, "Its place, from 1."),
        .optional("rule", .string, "The rule."), family,
      ]
    ) { arguments, context in
      let (table, chain) = try place(arguments)
      guard arguments.isGiven("position") != arguments.isGiven("rule") else {
        return "Error: Only specify a position or a rule, not both"
      }
      let words =
        try arguments.int("position").map { [String($0)] }
        ?? IptablesRule(words: arguments.string("rule")).words
      guard !context.isTest else { return "" }
      return .string(try await tool(arguments, context).change(["-t", table, "-D", chain] + words))
    },
  ]

  private static let chains: [Function] = [
    Function(
      "iptables.set_policy", "Says what is done with packets that no rule of a chain takes.",
      details: "Returns an empty text, or why it could not be done.", effect: .change,
      parameters: [table, chain, .required("policy", .string, "ACCEPT or DROP."), family]
    ) { arguments, context in
      let (table, chain) = try place(arguments)
      let policy = arguments.string("policy")
      guard ["ACCEPT", "DROP"].contains(policy) else {
        throw FunctionError(.badArguments, "policy= is ACCEPT or DROP, not '\(policy)'.")
      }
      guard !context.isTest else { return "" }
      return .string(try await tool(arguments, context).change(["-t", table, "-P", chain, policy]))
    },
    chainChange("iptables.new_chain", "Makes a chain.", "-N"),
    chainChange(
      "iptables.delete_chain", "Removes a chain that is empty and that no rule names.", "-X"),
    Function(
      "iptables.flush", "Takes all rules out of a chain, or out of all chains of a table.",
      details: "Returns an empty text, or why it could not be done.", effect: .change,
      parameters: [
        table, .optional("chain", .string, default: "", "The chain; all of them without."), family,
      ]
    ) { arguments, context in
      let chain = arguments.string("chain")
      try IptablesTool.check(table: arguments.string("table"), chain: chain.isEmpty ? nil : chain)
      guard !context.isTest else { return "" }
      return .string(
        try await tool(arguments, context).change(
          ["-t", arguments.string("table"), "-F"] + (chain.isEmpty ? [] : [chain])))
    },
  ]

  private static func chainChange(_ name: String, _ summary: String, _ flag: String) -> Function {
    Function(
      name, summary, details: "Returns true, or why it could not be done.", effect: .change,
      parameters: [table, chain, family]
    ) { arguments, context in
      let (table, chain) = try place(arguments)
      guard !context.isTest else { return true }
      let text = try await tool(arguments, context).change(["-t", table, flag, chain])
      return text.isEmpty ? true : .string(text)
    }
  }

  // MARK: Parts

  static func tool(_ arguments: Arguments, _ context: FunctionContext) throws(FunctionError)
    -> IptablesTool
  {
    try IptablesTool(arguments.string("family"), context)
  }

  private static func place(_ arguments: Arguments) throws(FunctionError) -> (
    table: String, chain: String
  ) {
    try IptablesTool.check(table: arguments.string("table"), chain: arguments.string("chain"))
    return (arguments.string("table"), arguments.string("chain"))
  }

  static func hasChain(_ tool: IptablesTool, _ table: String, _ chain: String) async throws -> Bool {
    try await tool.saved(table: table).splitLines().contains { $0.hasPrefix(":\(chain) ") }
  }

  /// A place from 1; one below 0 counts from the end, as in Salt.
  static func position(_ number: Int, _ tool: IptablesTool, _ table: String, _ chain: String)
    async throws -> Int
  {
    guard number != 0 else {
      throw FunctionError(.badArguments, "Error: Position needs to be specified or use append (-A)")
    }
    guard number < 0 else { return number }
    let count = try await tool.rules()[table]?[chain]?["rules"]?.listValue?.count ?? 0
    return max(1, count + number + 1)
  }
}
