import Functions
import HostSystem
import OrderedCollections
import Value

/// iptables(8) and ip6tables(8) of the host.
struct IptablesTool: Sendable {
  let family: String
  let program: String
  private let context: FunctionContext

  init(_ family: String, _ context: FunctionContext) throws(FunctionError) {
    self.family = family
    self.context = context
    let name = family == "ipv6" ? "ip6tables" : "iptables"
    guard let path = context.commands.which(name) else {
      throw FunctionError(
        .unavailable, "\(name) is not installed on this host.",
        hint: "Install the package iptables.")
    }
    program = path
  }

  /// Names of tables and chains, as the kernel allows them; never an option.
  static func check(table: String, chain: String? = nil) throws(FunctionError) {
    guard ["filter", "nat", "mangle", "raw", "security"].contains(table) else {
      throw FunctionError(
        .badArguments, "'\(table)' is no table: filter, nat, mangle, raw and security are.")
    }
    guard let chain else { return }
    guard !chain.isEmpty, chain.utf8.count <= 28, !chain.hasPrefix("-"), !chain.hasPrefix("!"),
      chain.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw FunctionError(.badArguments, "'\(chain)' is no name of a chain.") }
  }

  /// Runs it; what it says on standard error, empty when all is well.
  func change(_ words: [String]) async throws -> String {
    let result = try await run([program, "--wait"] + words)
    guard !result.isSuccess else { return "" }
    let text = result.errorText.trimmed()
    return text.isEmpty ? "\(program) ended with \(result.exitCode)" : text
  }

  func has(_ rule: IptablesRule, table: String, chain: String) async throws -> Bool {
    try await run([program, "--wait", "-t", table, "-C", chain] + rule.words).isSuccess
  }

  /// The rules in the kernel, as iptables-save(8) prints them.
  func saved(table: String? = nil) async throws -> String {
    let result = try await run(["\(program)-save"] + (table.map { ["-t", $0] } ?? []))
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "\(program)-save ended with \(result.exitCode): \(result.errorText.trimmed())")
    }
    return result.outputText
  }

  func version() async throws -> String {
    let words = try await run([program, "--version"]).outputText.fields()
    return words.count > 1 ? words[1] : ""
  }

  private func run(_ words: [String]) async throws -> CommandResult {
    var command = Command(words)
    command.timeout = .seconds(120)
    command.outputLimit = 16 << 20
    return try await context.commands.run(command)
  }

  /// The whole command, as Salt writes it into comments.
  func line(
    _ flag: String, _ table: String, _ chain: String, _ position: String, _ rule: IptablesRule
  ) -> String {
    let line = "\(program) --wait -t \(table) -\(flag) \(chain) \(position) \(rule.text)"
    return String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)])
  }

  // MARK: The file

  /// Where the distribution keeps rules for the next boot.
  func defaultFile() throws(FunctionError) -> String {
    let isIPv6 = family == "ipv6"
    switch context.grains["os_family"]?.description ?? "" {
    case "RedHat": return isIPv6 ? "/etc/sysconfig/ip6tables" : "/etc/sysconfig/iptables"
    case "Arch": return isIPv6 ? "/etc/iptables/ip6tables.rules" : "/etc/iptables/iptables.rules"
    case "Debian": return isIPv6 ? "/etc/iptables/rules.v6" : "/etc/iptables/rules.v4"
    case "Suse": return "/etc/sysconfig/scripts/SuSEfirewall2-custom"
    case "Alpine": return isIPv6 ? "/etc/iptables/rules6-save" : "/etc/iptables/rules-save"
    default:
      throw FunctionError(
        .unavailable, "It is not known where this distribution keeps rules of iptables.",
        hint: "Name the file.")
    }
  }

  /// Writes the rules in the kernel to a file, and says so in Salt's words.
  func save(_ file: String?) async throws -> String {
    let path = try file ?? defaultFile()
    guard path.hasPrefix("/") else {
      throw FunctionError(.badArguments, "'\(path)' is no absolute path.")
    }
    let text = try await saved()
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try context.files.makeDirectory(String(path[..<slash]))
    }
    try context.files.write(path, text: text.hasSuffix("\n") ? text : text + "\n")
    return "Wrote 1 lines to \"\(path)\""
  }

  /// The rules of the file, as `get_rules` has them; nil when there is none.
  func savedRules(_ file: String?) throws -> ValueMap? {
    let path = try file ?? defaultFile()
    guard context.files.exists(path) else { return nil }
    return try SavedRules.parse(context.files.readText(path))
  }

  func rules() async throws -> ValueMap { SavedRules.parse(try await saved()) }

  /// The list of a chain's rules in the order of the tables, to tell whether two sets are the same.
  static func allRules(_ tables: ValueMap) -> [Value] {
    tables.values.flatMap { table in (table.mapValue ?? [:]).values.map { $0["rules"] ?? [] } }
  }
}
