/// The hosts of a list target, in the order given, with folded sets written out.
struct ListedHosts: Sendable {
  let ids: [String]
  private let members: Set<String>

  init(_ text: String, at position: SourcePosition) throws(TargetError) {
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      if CompoundWords.isSpace(scalar) {
        throw TargetError(
          .badHosts, "A list has commas between its names and no spaces.", at: position.advanced(by: offset))
      }
      if scalar == "*" || scalar == "?" {
        throw TargetError(
          .badHosts, "A list names hosts; '\(scalar)' is for globs, which a compound target (-C) can hold as well.",
          at: position.advanced(by: offset))
      }
    }
    var seen: Set<String> = []
    var ids: [String] = []
    try HostSetExpansion.forEachName(in: text, at: position, limit: TargetLimits.hosts) { name in
      if seen.insert(name).inserted { ids.append(name) }
    }
    guard !ids.isEmpty else { throw TargetError(.empty, "The list names no host.", at: position) }
    self.ids = ids
    members = seen
  }

  func contains(_ id: String) -> Bool { members.contains(id) }
}
