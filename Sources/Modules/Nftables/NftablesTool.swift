import Functions
import HostSystem
import OrderedCollections
import Value

/// nft(8) on one family's tables.
struct NftablesTool: Sendable {
  private static let families = [
    "ipv4": "ip", "ip4": "ip", "ip": "ip", "ipv6": "ip6", "ip6": "ip6", "inet": "inet", "arp": "arp",
    "bridge": "bridge",
    "netdev": "netdev",
  ]

  /// As it was given.
  let shown: String
  let family: String
  private let context: FunctionContext

  init(_ family: String, _ context: FunctionContext) throws(FunctionError) {
    guard let word = Self.families[family] else {
      throw FunctionError(
        .badArguments, "'\(family)' is not a family of nftables.",
        hint: Self.families.keys.sorted().joined(separator: ", "))
    }
    shown = family
    self.family = word
    self.context = context
  }

  /// What it printed; the error's words in place of an answer.
  private func run(_ words: [String]) async throws -> (isFine: Bool, text: String) {
    let result = try await context.start(["nft"] + words, package: "nftables")
    return (result.isSuccess, result.isSuccess ? result.outputText : result.errorText.trimmed())
  }

  private func name(_ text: String) throws -> String {
    let isName = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "_.-/".utf8.contains(byte)
    }
    guard isName, !text.isEmpty, !text.hasPrefix("-") else {
      throw FunctionError(.badArguments, "'\(text)' is not the name of a table or chain.")
    }
    return text
  }

  func version() async throws -> String {
    let words = try await run(["--version"]).text.fields()
    return words.count > 1 ? words[1] : ""
  }

  func tables() async throws -> [String] {
    try await run(["list", "tables", family]).text.splitLines().compactMap { line in
      let words = line.fields()
      return words.count == 3 && words[0] == "table" ? words[2] : nil
    }
  }

  func listing(_ table: String) async throws -> String {
    try await run(["--numeric", "list", "table", family, name(table)]).text
  }

  func has(table: String) async throws -> Bool { try await tables().contains(table) }

  func has(table: String, chain: String) async throws -> Bool {
    let (isFine, text) = try await run(["list", "table", family, name(table)])
    return isFine && text.splitLines().contains { $0.fields() == ["chain", chain, "{"] }
  }

  /// The handle of a rule.
  func handle(_ table: String, _ chain: String, _ rule: NftablesRule) async throws -> String? {
    let (isFine, text) = try await run(["--handle", "list", "chain", family, name(table), name(chain)])
    guard isFine else { return nil }
    let wanted = NftablesRule.normalized(rule.text)
    for line in text.splitLines() {
      var words = line.fields()
      guard words.count > 3, Array(words.suffix(3).prefix(2)) == ["#", "handle"] else { continue }
      let handle = words.removeLast()
      words.removeLast(2)
      if NftablesRule.normalized(words.joined(separator: " ")) == wanted { return handle }
    }
    return nil
  }

  /// Nil when it was done; the error's words otherwise.
  func change(_ words: [String]) async throws -> String? {
    let (isFine, text) = try await run(words)
    return isFine ? nil : text
  }

  func addTable(_ table: String) async throws -> String? { try await change(["add", "table", family, name(table)]) }

  func deleteTable(_ table: String) async throws -> String? {
    try await change(["delete", "table", family, name(table)])
  }

  func addChain(_ table: String, _ chain: String, type: String?, hook: String?, priority: String?) async throws
    -> String?
  {
    var words = ["--", "add", "chain", family, try name(table), try name(chain)]
    if type != nil || hook != nil || priority != nil {
      guard let type, let hook, let priority else { return "Table_type, hook, and priority required." }
      guard Int(priority) != nil || priority.allSatisfy(\.isLetter) else {
        throw FunctionError(.badArguments, "'\(priority)' is not a priority.")
      }
      words.append("{ type \(try name(type)) hook \(try name(hook)) priority \(priority); }")
    }
    return try await change(words)
  }

  func deleteChain(_ table: String, _ chain: String) async throws -> String? {
    try await change(["delete", "chain", family, name(table), name(chain)])
  }

  func flush(_ table: String, _ chain: String) async throws -> String? {
    try await change(
      chain.isEmpty ? ["flush", "table", family, name(table)] : ["flush", "chain", family, name(table), name(chain)])
  }

  func add(_ table: String, _ chain: String, _ rule: NftablesRule) async throws -> String? {
    try await change(["add", "rule", family, name(table), name(chain), rule.text])
  }

  func insert(_ table: String, _ chain: String, _ rule: NftablesRule, position: String?) async throws -> String? {
    var words = ["insert", "rule", family, try name(table), try name(chain)]
    if let position, !position.isEmpty { words += ["position", try name(position)] }
    return try await change(words + [rule.text])
  }

  func delete(_ table: String, _ chain: String, handle: String) async throws -> String? {
    try await change(["delete", "rule", family, name(table), name(chain), "handle", name(handle)])
  }

  /// The chain as nft's JSON describes it.
  func chain(_ table: String, _ chain: String) async throws -> ValueMap? {
    let text = try await run(["--json", "list", "chains", family]).text
    let items = (try? JSONParser.parse(text))?["nftables"]?.listValue ?? []
    return items.compactMap { $0["chain"]?.mapValue }.first {
      $0["name"] == .string(chain) && $0["table"] == .string(table)
    }
  }

  func setPolicy(_ table: String, _ chain: String, _ policy: String) async throws -> String? {
    guard ["accept", "drop"].contains(policy) else {
      throw FunctionError(.badArguments, "'\(policy)' is not a policy: accept or drop.")
    }
    guard let map = try await self.chain(table, chain), let type = map["type"], let hook = map["hook"],
      let priority = map["prio"]
    else { return "There is no chain \(chain) with a hook in table \(table)." }
    return try await change([
      "--", "add", "chain", family, name(table), name(chain),
      "{ type \(type) hook \(hook) priority \(priority); policy \(policy); }",
    ])
  }

  /// Writes all tables of all families to a file of nft's.
  func save(_ path: String?) async throws -> String {
    var path = try AbsolutePath.check(path ?? "/etc/nftables", "filename")
    if context.files.isDirectory(path) { path += "/salt-all-in-one.nft" }
    let text = "#! nft -f\n\n" + (try await run(["--numeric", "list", "ruleset"]).text)
    do { try context.files.write(path, text: text, mode: 0o600) } catch { throw FunctionError(.failed, error.message) }
    return text
  }
}
