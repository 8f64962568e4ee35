public import Functions
import OrderedCollections
import Value

/// `nftables.*`: rules of the kernel's packet filter.
public enum NftablesFunctions {
  public static let all: [Function] = [
    read("nftables.version", "Gives nft's version.", []) { nft, _ in .string(try await nft.version()) },
    read("nftables.list_tables", "Lists the tables of a family.", []) { nft, _ in .strings(try await nft.tables()) },
    read("nftables.get_rules", "Gives the tables of a family as nft prints them.", []) { nft, _ in
      var texts: [String] = []
      for table in try await nft.tables() { texts.append(try await nft.listing(table)) }
      return .strings(texts)
    },
    read("nftables.check_table", "Tells whether a table is there.", [table]) { nft, arguments in
      let name = arguments.string("table")
      let isThere = try await nft.has(table: name)
      let words = isThere ? "exists" : "does not exist"
      return answer(isThere, "Table \(name) in family \(nft.shown) \(words)")
    },
    read("nftables.check_chain", "Tells whether a chain is there.", [table, chain]) { nft, arguments in
      let (table, chain) = (arguments.string("table"), arguments.string("chain"))
      let isThere = try await nft.has(table: table, chain: chain)
      let words = isThere ? "exists" : "does not exist"
      return answer(isThere, "Chain \(chain) in table \(table) in family \(nft.shown) \(words)")
    },
    read("nftables.check", "Tells whether a rule is there.", [table, chain, rule]) { nft, arguments in
      let (table, chain, rule) = (arguments.string("table"), arguments.string("chain"), arguments.string("rule"))
      let isThere = try await nft.handle(table, chain, NftablesRule(text: rule)) != nil
      let words = isThere ? "exists" : "does not exist"
      return answer(isThere, "Rule \(rule) in chain \(chain) in table \(table) in family \(nft.shown) \(words)")
    },
    read("nftables.get_policy", "Gives a chain's policy.", [table, chain]) { nft, arguments in
      try await nft.chain(arguments.string("table"), arguments.string("chain"))?["policy"] ?? .null
    },
    change("nftables.new_table", "Makes a table.", [table]) { nft, arguments in
      try await nft.addTable(arguments.string("table"))
    },
    change("nftables.delete_table", "Removes a table with all that is in it.", [table]) { nft, arguments in
      try await nft.deleteTable(arguments.string("table"))
    },
    change(
      "nftables.new_chain", "Makes a chain.",
      [
        table, chain, .optional("table_type", .string, "filter, nat or route."),
        .optional("hook", .string, "Such as input."), .optional("priority", .any, "Its order among the hook's."),
      ]
    ) { nft, arguments in
      try await nft.addChain(
        arguments.string("table"), arguments.string("chain"), type: arguments.optionalString("table_type"),
        hook: arguments.optionalString("hook"), priority: arguments.optionalString("priority"))
    },
    change("nftables.delete_chain", "Removes a chain.", [table, chain]) { nft, arguments in
      try await nft.deleteChain(arguments.string("table"), arguments.string("chain"))
    },
    change("nftables.append", "Adds a rule at the end of a chain.", [table, chain, rule]) { nft, arguments in
      try await nft.add(
        arguments.string("table"), arguments.string("chain"), NftablesRule(text: arguments.string("rule")))
    },
    change("nftables.insert", "Adds a rule at the beginning of a chain.", [table, chain, position, rule]) {
      nft, arguments in
      try await nft.insert(
        arguments.string("table"), arguments.string("chain"), NftablesRule(text: arguments.string("rule")),
        position: arguments.optionalString("position"))
    },
    change("nftables.delete", "Removes a rule, by its handle or text.", [table, chain, position, anyRule]) {
      nft, arguments in
      let (table, chain) = (arguments.string("table"), arguments.string("chain"))
      var handle = arguments.optionalString("position")
      if let rule = arguments.optionalString("rule") {
        handle = try await nft.handle(table, chain, NftablesRule(text: rule))
      }
      guard let handle else { return "There is no such rule." }
      return try await nft.delete(table, chain, handle: handle)
    },
    change("nftables.flush", "Removes all rules of a table or chain.", [table, anyChain]) { nft, arguments in
      try await nft.flush(arguments.string("table"), arguments.string("chain"))
    },
    change(
      "nftables.set_policy", "Sets a chain's policy.", [table, chain, .required("policy", .string, "accept or drop.")]
    ) { nft, arguments in
      try await nft.setPolicy(
        arguments.string("table"), arguments.string("chain"), arguments.string("policy").lowercased())
    },
    Function(
      "nftables.save", "Keeps all rules in a file.", details: "Returns the file's text.", effect: .change,
      parameters: [.optional("filename", .string, "/etc/nftables, or in it when that is a directory."), family]
    ) { arguments, context in
      try context.stopIfTest("save the rules of nftables")
      return .string(
        try await NftablesTool(arguments.string("family"), context).save(arguments.optionalString("filename")))
    },
  ]

  static let family = Parameter.optional(
    "family", .string, default: "ipv4", "ipv4, ipv6, inet, arp, bridge or netdev.")
  static let table = Parameter.optional("table", .string, default: "filter", "The table.")
  static let chain = Parameter.required("chain", .string, "The chain.")
  private static let anyChain = Parameter.optional("chain", .string, default: "", "The chain; all without it.")
  private static let rule = Parameter.required("rule", .string, "The rule as nft reads it.")
  private static let anyRule = Parameter.optional("rule", .string, "The rule as nft reads it.")
  private static let position = Parameter.optional("position", .any, "A rule's handle.")

  private static func answer(_ isFine: Bool, _ comment: String) -> Value {
    ["result": .bool(isFine), "comment": .string(comment)]
  }

  private static func read(
    _ name: String, _ summary: String, _ parameters: [Parameter],
    _ body: @escaping @Sendable (NftablesTool, Arguments) async throws -> Value
  ) -> Function {
    Function(name, summary, effect: .inspect, parameters: parameters + [family]) { arguments, context in
      try await body(NftablesTool(arguments.string("family"), context), arguments)
    }
  }

  /// - Parameter body: gives the error's words, or nil.
  private static func change(
    _ name: String, _ summary: String, _ parameters: [Parameter],
    _ body: @escaping @Sendable (NftablesTool, Arguments) async throws -> String?
  ) -> Function {
    Function(
      name, summary, details: "Returns `{result, comment}`.", effect: .change, parameters: parameters + [family]
    ) { arguments, context in
      try context.stopIfTest("run \(name)")
      let error = try await body(NftablesTool(arguments.string("family"), context), arguments)
      return answer(error == nil, error ?? "Done.")
    }
  }
}
