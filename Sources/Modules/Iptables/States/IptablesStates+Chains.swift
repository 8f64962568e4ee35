import Functions
import OrderedCollections
import Value

extension IptablesStates {
  static let chains: [StateFunction] = [
    StateFunction(
      "iptables.chain_present", "A table has a chain.",
      parameters: [
        .required("name", .string, "The chain."), IptablesFunctions.table, IptablesFunctions.family,
      ]
    ) { arguments, context in
      try await answered(arguments.string("name")) {
        let (chain, table, family, tool) = try place(arguments, context)
        if try await IptablesFunctions.hasChain(tool, table, chain) {
          return StateResult(
            true, "iptables \(chain) chain is already exist in \(table) table for \(family)")
        }
        guard !context.isTest else {
          return StateResult(
            nil, "iptables \(chain) chain in \(table) table needs to be set for \(family)")
        }
        let problem = try await tool.change(["-t", table, "-N", chain])
        guard problem.isEmpty else {
          return StateResult(
            false, "Failed to create \(chain) chain in \(table) table: \(problem) for \(family)")
        }
        return StateResult(
          true, "iptables \(chain) chain in \(table) table create success for \(family)",
          changes: ["locale": .string(chain)])
      }
    },
    StateFunction(
      "iptables.chain_absent", "A table does not have a chain; its rules go with it.",
      parameters: [
        .required("name", .string, "The chain."), IptablesFunctions.table, IptablesFunctions.family,
      ]
    ) { arguments, context in
      try await answered(arguments.string("name")) {
        let (chain, table, family, tool) = try place(arguments, context)
        guard try await IptablesFunctions.hasChain(tool, table, chain) else {
          return StateResult(
            true, "iptables \(chain) chain is already absent in \(table) table for \(family)")
        }
        guard !context.isTest else {
          return StateResult(
            nil, "iptables \(chain) chain in \(table) table needs to be removed \(family)")
        }
        for (flag, word) in [("-F", "flush"), ("-X", "delete")] {
          let problem = try await tool.change(["-t", table, flag, chain])
          guard problem.isEmpty else {
            return StateResult(
              false, "Failed to \(word) \(chain) chain in \(table) table: \(problem) for \(family)")
          }
        }
        return StateResult(
          true, "iptables \(chain) chain in \(table) table delete success for \(family)",
          changes: ["locale": .string(chain)])
      }
    },
    StateFunction(
      "iptables.set_policy", "What is done with packets that no rule of a chain takes.",
      parameters: [
        name, IptablesFunctions.table, IptablesFunctions.family, IptablesFunctions.chain,
        .required("policy", .string, "ACCEPT or DROP.", choices: ["ACCEPT", "DROP"]), save,
      ]
    ) { arguments, context in
      try await answered(arguments.string("name")) {
        let (chain, table, family, tool) = try place(arguments, context, "chain")
        let policy = arguments.string("policy")
        if try await tool.rules()[table]?[chain]?["policy"] == .string(policy) {
          return StateResult(
            true,
            "iptables default policy for chain \(chain) on table \(table) for \(family) already set to \(policy)"
          )
        }
        guard !context.isTest else {
          return StateResult(
            nil,
            "iptables default policy for chain \(chain) on table \(table) for \(family) needs to be set to \(policy)"
          )
        }
        let problem = try await tool.change(["-t", table, "-P", chain, policy])
        guard problem.isEmpty else {
          return StateResult(false, "Failed to set iptables default policy\n\(problem)")
        }
        let tail = "default policy for \(chain) to \(policy) family \(family)"
        var comment = "Set \(tail)"
        if let file = RuleChange.file(["save": arguments["save"]]) {
          _ = try await tool.save(file.path)
          comment = "Set and saved \(tail)"
        }
        return StateResult(true, comment, changes: ["locale": arguments["name"]])
      }
    },
    StateFunction(
      "iptables.flush",
      "Takes all rules out of a chain, or out of all chains of a table, at every run.",
      parameters: [
        name, IptablesFunctions.table, IptablesFunctions.family,
        .optional("chain", .string, default: "", "The chain; all of them without."), save,
      ]
    ) { arguments, context in
      try await answered(arguments.string("name")) {
        let (table, chain) = (arguments.string("table"), arguments.string("chain"))
        try IptablesTool.check(table: table, chain: chain.isEmpty ? nil : chain)
        let tool = try IptablesFunctions.tool(arguments, context.functions)
        guard !context.isTest else {
          return StateResult(
            nil,
            "iptables rules in \(arguments.string("name")) table \(table) chain \(tool.family) family needs to be flushed"
          )
        }
        let problem = try await tool.change(["-t", table, "-F"] + (chain.isEmpty ? [] : [chain]))
        guard problem.isEmpty else {
          return StateResult(false, "Failed to flush iptables rules\n\(problem)")
        }
        if let file = RuleChange.file(["save": arguments["save"]]) {
          _ = try await tool.save(file.path)
        }
        return StateResult(
          true, "Flush iptables rules in \(table) table \(chain) chain \(tool.family) family",
          changes: ["locale": arguments["name"]])
      }
    },
  ]

  private static let save = Parameter.optional(
    "save", .any, "True, or a file: write the rules there afterwards.")

  private static func place(
    _ arguments: Arguments, _ context: StateContext, _ word: String = "name"
  ) throws -> (chain: String, table: String, family: String, tool: IptablesTool) {
    let (table, chain) = (arguments.string("table"), arguments.string(word))
    try IptablesTool.check(table: table, chain: chain)
    return (
      chain, table, arguments.string("family"),
      try IptablesFunctions.tool(arguments, context.functions)
    )
  }
}
