/// What a template reads of the minion it is rendered for, found out from its text. When in doubt it reads everything.
enum TemplateReads: Sendable, Hashable {
  /// No more than these grains.
  case grains(Set<String>)
  /// More than can be told: other variables, functions, grains by names that are not written there.
  case everything

  /// Variables and filters whose value is another one for another minion, or another time.
  private static let volatile: Set<String> = [
    "salt", "opts", "pillar", "show_full_context", "self", "raw", "now", "strftime", "lipsum", "random",
    "random_sample", "random_shuffle", "rand_str", "shuffle", "proxy", "__salt__", "__grains__", "__pillar__",
    "__opts__",
  ]
  /// Methods of the dict, which are no grains when they stand behind a dot.
  private static let methods: Set<String> = [
    "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values",
  ]

  static func of(_ text: [UInt8]) -> TemplateReads {
    if text.starts(with: "#jinja2:".utf8) || text.holds(Array("\n#jinja2:".utf8)) { return .everything }
    var scanner = TagScanner(text)
    var names: Set<String> = []
    while let word = scanner.next() {
      if volatile.contains(word) || word.hasPrefix("random") { return .everything }
      guard word == "grains" else { continue }
      guard let name = scanner.member(butNot: methods) else { return .everything }
      names.insert(name)
    }
    return scanner.isWhole ? .grains(names) : .everything
  }

  func union(_ other: TemplateReads) -> TemplateReads {
    guard case .grains(let first) = self, case .grains(let second) = other else { return .everything }
    return .grains(first.union(second))
  }
}
