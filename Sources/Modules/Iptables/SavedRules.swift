import HostSystem
import OrderedCollections
import Value

/// Reads what iptables-save(8) prints: `{table: {chain: {policy, packet count, byte count, rules, rules_comment}}}`.
enum SavedRules {
  static func parse(_ text: String) -> ValueMap {
    var tables: ValueMap = [:]
    var table = ""
    for line in text.splitLines() {
      if line.hasPrefix("*") {
        table = String(line.dropFirst())
        tables[table] = [:]
      } else if line.hasPrefix(":") {
        let words = line.fields()
        let counts =
          words.count > 2 ? words[2].filter { $0 != "[" && $0 != "]" }.split(separator: ":") : []
        var chains = tables[table]?.mapValue ?? [:]
        chains[String(words[0].dropFirst())] = [
          "policy": .string(words.count > 1 ? words[1] : "-"),
          "packet count": .string(String(counts.first ?? "0")),
          "byte count": .string(String(counts.dropFirst().first ?? "0")), "rules": [],
          "rules_comment": [:],
        ]
        tables[table] = .map(chains)
      } else if line.hasPrefix("-A"), let words = try? ShellWords.split(line), words.count > 1 {
        var chains = tables[table]?.mapValue ?? [:]
        guard var chain = chains[words[1]]?.mapValue else { continue }
        let rule = options(Array(words.dropFirst(2)))
        chain["rules"] = .list((chain["rules"]?.listValue ?? []) + [.map(rule)])
        if let comment = rule["comment"]?[0]?.stringValue {
          var comments = chain["rules_comment"]?.mapValue ?? [:]
          comments[comment] = .map(rule)
          chain["rules_comment"] = .map(comments)
        }
        chains[words[1]] = .map(chain)
        tables[table] = .map(chains)
      }
    }
    return tables
  }

  /// `{option: [values]}`; a `!` before an option stands before its value.
  private static func options(_ words: [String]) -> ValueMap {
    var options: ValueMap = [:]
    var index = 0
    while index < words.count {
      var isNegated = false
      if words[index] == "!", index + 1 < words.count {
        isNegated = true
        index += 1
      }
      let flag = words[index]
      index += 1
      guard flag.hasPrefix("-") else { continue }
      var values: [String] = isNegated ? ["!"] : []
      while index < words.count, words[index] != "!",
        !words[index].hasPrefix("-") || flag == "--comment" && values.isEmpty
      {
        values.append(words[index])
        index += 1
      }
      let name = IptablesOptions.names[flag] ?? String(flag.drop { $0 == "-" })
      options[name] = .list(
        (options[name]?.listValue ?? []) + [.string(values.joined(separator: " "))])
    }
    return options
  }
}
