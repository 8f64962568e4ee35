public import Functions
import OrderedCollections
import Value

/// States `nftables.*`. Changes are Salt's `{locale: name}`.
public enum NftablesStates {
  public static let all: [StateFunction] = [
    state("nftables.table_present", "Has a table.", [more]) { nft, name, _ in
      Plan(
        isDone: try await nft.has(table: name), done: "nftables table \(name) already exists in family \(nft.shown)",
        planned: "nftables table \(name) would be created in family \(nft.shown)",
        changed: "nftables table \(name) successfully created in family \(nft.shown)",
        failed: "Failed to create table \(name) for family \(nft.shown)"
      ) { try await nft.addTable(name) }
    },
    state("nftables.table_absent", "Has no such table.", [more]) { nft, name, _ in
      Plan(
        isDone: try await !nft.has(table: name),
        done: "nftables table \(name) is already absent from family \(nft.shown)",
        planned: "nftables table \(name) would be deleted from family \(nft.shown)",
        changed: "nftables table \(name) successfully deleted from family \(nft.shown)",
        failed: "Failed to delete table \(name) from family \(nft.shown)"
      ) { try await nft.deleteTable(name) }
    },
    state(
      "nftables.chain_present", "Has a chain.",
      [
        table, .optional("table_type", .string, "filter, nat or route."), .optional("hook", .string, "Such as input."),
        .optional("priority", .any, "Its order among the hook's."),
      ]
    ) { nft, name, arguments in
      let table = arguments.string("table")
      return Plan(
        isDone: try await nft.has(table: table, chain: name),
        done: "nftables \(name) chain is already exist in \(table) table for \(nft.shown)",
        planned: "nftables chain \(name) would be created in table \(table) for family \(nft.shown)",
        changed: "nftables \(name) chain in \(table) table create success for \(nft.shown)",
        failed: "Failed to create \(name) chain in \(table) table for \(nft.shown)"
      ) {
        try await nft.addChain(
          table, name, type: arguments.optionalString("table_type"), hook: arguments.optionalString("hook"),
          priority: arguments.optionalString("priority"))
      }
    },
    state("nftables.chain_absent", "Has no such chain.", [table]) { nft, name, arguments in
      let table = arguments.string("table")
      return Plan(
        isDone: try await !nft.has(table: table, chain: name),
        done: "nftables \(name) chain is already absent in \(table) table for \(nft.shown)",
        planned: "nftables chain \(name) would be deleted in table \(table) for family \(nft.shown)",
        changed: "nftables \(name) chain in \(table) table delete success for \(nft.shown)",
        failed: "Failed to delete \(name) chain in \(table) table for \(nft.shown)"
      ) {
        if let error = try await nft.flush(table, name) { return error }
        return try await nft.deleteChain(table, name)
      }
    },
    rule("nftables.append", "Has a rule, added at a chain's end.", "add", isWanted: true),
    rule("nftables.insert", "Has a rule, added at a chain's beginning or before a handle.", "insert", isWanted: true),
    rule("nftables.delete", "Has no such rule.", "D", isWanted: false),
    state(
      "nftables.flush", "Removes all rules of a table or chain.",
      [
        table, .optional("chain", .string, default: "", "The chain; all without it."),
        .optional("ignore_absence", .bool, default: false, "A missing table or chain is no failure."),
      ]
    ) { nft, _, arguments in
      let (table, chain) = (arguments.string("table"), arguments.string("chain"))
      let isThere =
        chain.isEmpty ? try await nft.has(table: table) : try await nft.has(table: table, chain: chain)
      return Plan(
        isDone: false, done: "", planned: "nftables flush not performed in test mode.",
        changed: "Flush nftables rules in \(table) table \(chain) chain \(nft.shown) family",
        failed: "Failed to flush nftables rules"
      ) {
        guard !isThere else { return try await nft.flush(table, chain) }
        if arguments.bool("ignore_absence") { return nil }
        let place = chain.isEmpty ? "table \(table)" : "chain \(chain) in table \(table)"
        let noun = chain.isEmpty ? "table" : "chain"
        throw StateRefusal("Failed to flush \(place) in family \(nft.shown), \(noun) does not exist.")
      }
    },
    state(
      "nftables.set_policy", "Has a chain's policy.",
      [
        table, .required("chain", .string, "The chain."), .required("policy", .string, "accept or drop."), save,
        .optional("save_filename", .string, "Where to keep the rules."),
      ]
    ) { nft, _, arguments in
      let (table, chain, policy) = (arguments.string("table"), arguments.string("chain"), arguments.string("policy"))
      let place = "nftables default policy for chain \(chain) on table \(table) for \(nft.shown)"
      let isSaved = arguments.bool("save")
      return Plan(
        isDone: try await nft.chain(table, chain)?["policy"] == .string(policy.lowercased()),
        done: "\(place) already set to \(policy)", planned: "\(place) needs to be set to \(policy)",
        changed: "Set \(isSaved ? "and saved " : "")default policy for \(chain) to \(policy) family \(nft.shown)",
        failed: "Failed to set nftables default policy"
      ) {
        let error = try await nft.setPolicy(table, chain, policy.lowercased())
        if error == nil, isSaved { _ = try await nft.save(arguments.optionalString("save_filename")) }
        return error
      }
    },
  ]

  private static let table = NftablesFunctions.table
  private static let save = Parameter.optional("save", .bool, default: false, "Keeps all rules in /etc/nftables.")
  private static let more = Parameter.keywords("kwargs", "Taken for compatibility and not used.")

  private struct Plan {
    var isDone: Bool
    var done: String
    var planned: String
    var changed: String
    var failed: String
    /// Gives the error's words, or nil.
    var act: () async throws -> String?
  }

  private static func state(
    _ name: String, _ summary: String, _ parameters: [Parameter],
    _ plan: @escaping @Sendable (NftablesTool, String, Arguments) async throws -> Plan
  ) -> StateFunction {
    StateFunction(
      name, summary, details: "Changes are `{locale: name}`.",
      parameters: [.required("name", .string, "The table or chain, or any text."), NftablesFunctions.family]
        + parameters
    ) { arguments, context in
      let name = arguments.string("name")
      do {
        let nft = try NftablesTool(arguments.string("family"), context.functions)
        let plan = try await plan(nft, name, arguments)
        if plan.isDone { return StateResult(true, plan.done) }
        if context.isTest { return StateResult(nil, plan.planned) }
        if let error = try await plan.act() { return StateResult(false, "\(plan.failed)\n\(error)") }
        return StateResult(true, plan.changed, changes: ["locale": .string(name)])
      } catch { return StateResult(failed: error) }
    }
  }

  /// - Parameter command: add, insert or D.
  private static func rule(_ function: String, _ summary: String, _ command: String, isWanted: Bool) -> StateFunction {
    state(
      function, summary,
      [
        table, .required("chain", .string, "The chain."), save,
        .optional("position", .any, "A rule's handle."),
        .keywords("kwargs", "Matches and `jump`, by Salt's names: `proto`, `dport`, `connstate`, `source`, …"),
      ]
    ) { nft, name, arguments in
      let (table, chain) = (arguments.string("table"), arguments.string("chain"))
      let rule = try NftablesRule(arguments.map("kwargs"), family: nft.family)
      let position = arguments.optionalString("position")
      let line = rule.text
      let handle = try await nft.handle(table, chain, rule)
      let shown = command == "add" ? "(\(line)) for \(nft.shown)" : "for \(nft.shown) (\(line))"
      let done = isWanted ? "already set" : "already absent"
      let isSaved = arguments.bool("save")
      let saved = isSaved ? " and Saved" : ""
      return Plan(
        isDone: (handle != nil) == isWanted, done: "nftables rule for \(name) \(done) \(shown)",
        planned: "nftables rule for \(name) needs to be \(isWanted ? "set" : "deleted") \(shown)",
        changed: isWanted
          ? "Set\(saved) nftables rule for \(name) to: \(line) for \(nft.shown)"
          : isSaved
            ? "Deleted and Saved nftables rule for \(name) for \(line)\(nft.shown)"
            : "Delete nftables rule for \(name) \(line)",
        failed: "Failed to \(isWanted ? "set" : "delete") nftables rule for \(name).\nAttempted rule was \(line)"
      ) {
        let error: String?
        if let handle, !isWanted {
          error = try await nft.delete(table, chain, handle: position ?? handle)
        } else if command == "insert" {
          error = try await nft.insert(table, chain, rule, position: position)
        } else {
          error = try await nft.add(table, chain, rule)
        }
        if error == nil, isSaved { _ = try await nft.save(nil) }
        return error
      }
    }
  }
}
