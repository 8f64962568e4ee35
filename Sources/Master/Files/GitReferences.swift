import Wire

/// What `git for-each-ref` says of a repository: which commit each environment is.
struct GitReferences: Sendable, Hashable {
  /// More branches and tags than that are no environments.
  static let limit = 1000
  /// What `for-each-ref` is asked for: object, type, what a tag points to with its type, name.
  static let format = "%(objectname) %(objecttype) %(*objectname) %(*objecttype) %(refname)"

  private(set) var commits: [String: String] = [:]
  /// Whether there were more.
  let isCut: Bool

  init(_ output: String, base: String) {
    var tags: [String: String] = [:]
    var heads: [String: String] = [:]
    let lines = output.split(separator: "\n")
    isCut = lines.count >= Self.limit
    for line in lines {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 5, let commit = Self.commit(words) else { continue }
      if words[4].hasPrefix("refs/heads/") { heads[String(words[4].dropFirst(11))] = commit }
      if words[4].hasPrefix("refs/tags/") { tags[String(words[4].dropFirst(10))] = commit }
    }
    // A branch comes before a tag of its name, and the base branch before one called base.
    for (name, commit) in tags.merging(heads, uniquingKeysWith: { $1 }) where name != base {
      if EnvironmentName(name) != nil { commits[name] = commit }
    }
    if let commit = heads[base] ?? tags[base] { commits["base"] = commit }
  }

  private static func commit(_ words: [String]) -> String? {
    let commit = words[1] == "commit" ? words[0] : words[3] == "commit" ? words[2] : ""
    guard (40...64).contains(commit.utf8.count), commit.utf8.allSatisfy({ isHexadecimal($0) }) else { return nil }
    return commit
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
