import Functions
import OrderedCollections
import Value

/// A rule of nft(8), made of a state's or function's words as Salt makes it.
struct NftablesRule: Sendable {
  let text: String

  /// What stands in a rule before the target, by Salt's names. `%` is the value, `@` the family.
  private static let matches: [(names: [String], text: String)] = [
    (["if"], "meta iifname %"), (["of"], "meta oifname %"), (["connstate"], "ct state { % }"),
    (["icmp-type"], "icmp type { % }"), (["icmpv6-type"], "icmpv6 type { % }"), (["pkttype"], "meta pkttype { % }"),
    (["counter"], "counter"), (["saddr", "source"], "@ saddr %"), (["daddr", "destination"], "@ daddr %"),
    (["dport"], "$ dport { % }"), (["sport"], "$ sport { % }"), (["dports"], "$ dport { % }"),
    (["sports"], "$ sport { % }"), (["target", "jump"], "%"), (["j"], "%"),
    (["redirect-to", "to-port"], "redirect to %"),
    (["to-source"], "%"), (["to-destination"], "%"), (["reject-with"], "reject with %"),
  ]
  private static let others: Set<String> = [
    "name", "table", "chain", "save", "position", "family", "command", "full", "proto", "state", "save_filename",
  ]

  /// - Parameter family: nft's word for it, such as `ip`.
  /// - Throws: `FunctionError` for a word that no rule has, and for a value that would end the rule.
  init(_ named: ValueMap, family: String) throws(FunctionError) {
    let known = Self.others.union(Self.matches.flatMap(\.names))
    if let unknown = named.keys.first(where: { !known.contains($0.description) }) {
      throw FunctionError(
        .badArguments, "A rule of nftables has no '\(unknown)'.",
        hint: NearestName.candidates(for: unknown.description, among: Array(known)).first.map {
          "Did you mean '\($0)'?"
        })
    }
    let proto = try Self.checked(named["proto"] ?? "")
    var parts: [String] = []
    for (names, template) in Self.matches {
      guard let value = names.lazy.compactMap({ named[.string($0)] }).first, ![.null, "", false].contains(value) else {
        continue
      }
      var text = try Self.checked(value)
      if ["dport", "sport"].contains(names[0]) { text = String(text.map { $0 == ":" ? "-" : $0 }) }
      if ["dports", "sports"].contains(names[0]) {
        let numbers = text.split(separator: ",").compactMap { Int($0.trimmed()) }.sorted(by: >)
        text = numbers.map(String.init).joined(separator: ", ")
      }
      var part = ""
      for character in template {
        switch character {
        case "%": part += text
        case "@": part += family
        case "$": part += proto
        default: part.append(character)
        }
      }
      parts.append(part)
    }
    text = parts.joined(separator: " ")
  }

  init(text: String) throws(FunctionError) { self.text = try Self.checked(.string(text), isRule: true) }

  /// As the program prints it, for comparison: sets sorted and without braces about one element, counters without numbers.
  static func normalized(_ text: String) -> String {
    var words: [String] = []
    var set: [String]?
    var skipped = 0
    for word in text.fields() {
      if skipped > 0 {
        skipped -= 1
        continue
      }
      switch word {
      case "{": set = []
      case "}":
        let items = (set ?? []).joined(separator: " ").split(separator: ",").map { $0.trimmed() }.sorted()
        words.append(items.joined(separator: ","))
        set = nil
      // `counter packets 5 bytes 300`
      case "packets" where words.last == "counter": skipped = 3
      default:
        let plain = word.filter { $0 != "\"" }
        if set != nil { set?.append(plain) } else { words.append(plain) }
      }
    }
    return words.joined(separator: " ")
  }

  private static func checked(_ value: Value, isRule: Bool = false) throws(FunctionError) -> String {
    let text = value.listValue?.map(\.description).joined(separator: ", ") ?? value.description
    let isFine =
      text.utf8.allSatisfy { byte in byte >= 0x20 && byte != UInt8(ascii: ";") }
      && (isRule || !text.contains { "{}".contains($0) })
    guard isFine, text.utf8.count < 4096 else {
      throw FunctionError(.badArguments, "'\(text)' cannot stand in a rule of nftables.")
    }
    return text
  }
}
