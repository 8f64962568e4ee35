import HostSystem

/// Reads the plan that `apt-get -s` prints.
struct AptSimulation: Sendable, Hashable {
  /// Name to old (empty when not installed) and new version (empty when removed).
  private(set) var changes: [String: PackageChanges.Change] = [:]
  /// Names that the plan purges, configuration files too.
  private(set) var purged: Set<String> = []

  /// Lines are `Inst name [old] (new Origin:suite [arch]) [broken…]`, `Remv name [old]`, `Purg name [old]`, `Conf …`.
  init(_ lines: [String]) {
    for line in lines {
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count >= 2 else { continue }
      let name = words[1]
      let rest = words.count > 2 ? words[2] : ""
      switch words[0] {
      case "Inst":
        guard let new = Self.between("(", " )", in: rest) else { continue }
        let old = rest.hasPrefix("[") ? Self.between("[", "]", in: rest) ?? "" : ""
        changes[name] = .init(old: old, new: new)
      case "Remv", "Purg":
        let old = rest.hasPrefix("[") ? Self.between("[", "]", in: rest) ?? "" : ""
        changes[name] = .init(old: changes[name]?.old ?? old, new: "")
        if words[0] == "Purg" { purged.insert(name) }
      default: continue
      }
    }
  }

  /// The text after the first `open` up to the first of `ends`.
  private static func between(_ open: Character, _ ends: String, in text: String) -> String? {
    guard let start = text.firstIndex(of: open) else { return nil }
    let content = text[text.index(after: start)...].prefix { !ends.contains($0) }
    return content.isEmpty ? nil : String(content)
  }
}
