/// What `git for-each-ref` says of a repository: the commits of its branches and tags.
struct GitReferences: Sendable, Hashable {
  /// More branches and tags than that are not looked at.
  static let limit = 1000
  /// What `for-each-ref` is asked for: object, type, what a tag points to with its type, name.
  static let format = "%(objectname) %(objecttype) %(*objectname) %(*objecttype) %(refname)"

  private var heads: [String: String] = [:]
  private var tags: [String: String] = [:]
  /// Commits that were asked for by their own names and are there.
  private var commits: Set<String> = []
  /// Whether there were more.
  let isCut: Bool

  init(_ output: String, commits: Set<String> = []) {
    self.commits = commits
    let lines = output.split(separator: "\n")
    isCut = lines.count >= Self.limit
    for line in lines {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 5, let commit = Self.commit(words) else { continue }
      if words[4].hasPrefix("refs/heads/") { heads[String(words[4].dropFirst(11))] = commit }
      if words[4].hasPrefix("refs/tags/") { tags[String(words[4].dropFirst(10))] = commit }
    }
  }

  /// The names of branches (`branch`) and tags (`tag`).
  func names(_ kinds: [String]) -> Set<String> {
    kinds.reduce(into: []) { $0.formUnion(($1 == "branch" ? heads : $1 == "tag" ? tags : [:]).keys) }
  }

  /// The commit of a branch, tag or commit; of what there is of these kinds the first wins.
  func commit(of ref: String, _ kinds: [String]) -> String? {
    for kind in kinds {
      if let commit = (kind == "branch" ? heads : kind == "tag" ? tags : [:])[ref] { return commit }
    }
    return commits.contains(ref) ? ref : nil
  }

  private static func commit(_ words: [String]) -> String? {
    let commit = words[1] == "commit" ? words[0] : words[3] == "commit" ? words[2] : ""
    return isCommit(commit) ? commit : nil
  }

  /// Whether a text is the full name of a commit.
  static func isCommit(_ text: String) -> Bool {
    (40...64).contains(text.utf8.count) && text.utf8.allSatisfy { isHexadecimal($0) }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
