import Functions
import HostSystem
import OrderedCollections
import Value

/// A checkout or bare repository on this host.
struct GitRepository: Sendable {
  struct Remote: Sendable, Hashable {
    var fetch: String?
    var push: String?
  }

  let git: GitProgram
  let path: String

  @discardableResult
  func output(_ words: String...) async throws -> String { try await git.output(words, in: path) }

  /// The commit of a revision; nil when there is none.
  func commit(_ revision: String) async throws -> String? {
    try await git.optionalOutput(["rev-parse", "--verify", "--end-of-options", revision], in: path)
  }

  func headCommit() async throws -> String? { try await commit("HEAD") }

  /// The branch that is checked out; `HEAD` where it is none, nil where there is no commit yet.
  func branch() async throws -> String? {
    try await git.optionalOutput(["rev-parse", "--abbrev-ref", "HEAD"], in: path)
  }

  func branches(isRemote: Bool = false) async throws -> [String] {
    try await references(isRemote ? "refs/remotes/" : "refs/heads/")
  }

  func tags() async throws -> [String] { try await references("refs/tags/") }

  private func references(_ prefix: String) async throws -> [String] {
    try await output("for-each-ref", "--format", "%(refname:short)", prefix).splitLines()
  }

  /// What a branch follows; nil for nothing.
  func upstream(of branch: String) async throws -> String? {
    try await git.optionalOutput(["rev-parse", "--abbrev-ref", "\(branch)@{upstream}"], in: path)
  }

  func isAncestor(_ old: String, of new: String) async throws -> Bool {
    try await git.run(["merge-base", "--is-ancestor", old, new], in: path).isSuccess
  }

  /// Whether files differ from the last commit; false where that cannot be told.
  func hasChanges() async throws -> Bool { try await git.run(["diff", "--quiet", "HEAD"], in: path).exitCode == 1 }

  func remotes() async throws -> OrderedDictionary<String, Remote> {
    var remotes: OrderedDictionary<String, Remote> = [:]
    for line in try await output("remote", "--verbose").splitLines() {
      let fields = line.split(separator: "\t", maxSplits: 1).map(String.init)
      guard fields.count == 2, let space = fields[1].lastIndex(of: " ") else { continue }
      let url = String(fields[1][..<space])
      switch fields[1][space...] {
      case " (fetch)": remotes[fields[0], default: Remote()].fetch = url
      case " (push)": remotes[fields[0], default: Remote()].push = url
      default: continue
      }
    }
    return remotes
  }

  /// Has a remote with an address, which is written without a password.
  func setRemote(_ name: String, _ url: GitURL, push: GitURL? = nil) async throws {
    if try await remotes()[name] != nil { try await output("remote", "rm", name) }
    try await output("remote", "add", name, url.text)
    if let push { try await output("remote", "set-url", "--push", name, push.text) }
  }

  /// What a fetch changed, as `git.fetch` returns it; empty when nothing was.
  func fetch(
    _ remote: String?, isForced: Bool = false, refspecs: [String] = [], options: [String] = [],
    gitOptions: [String] = []
  ) async throws -> ValueMap {
    var words = gitOptions + ["fetch"] + (isForced ? ["--force"] : [])
    words += options.filter { !["-f", "--force"].contains($0) }
    if let remote { words.append(try GitURL(remote, "remote").text) }
    words += try refspecs.map { try GitText.word($0, "refspecs") }
    return GitFetch.changes(try await git.output(words, in: path, isMerged: true))
  }

  /// The references of a remote or an address, by name.
  static func references(
    _ git: GitProgram, _ remote: String, in directory: String?, options: [String] = [], reference: String? = nil
  ) async throws -> OrderedDictionary<String, String> {
    let words = ["ls-remote"] + options + ["--", remote] + (reference.map { [$0] } ?? [])
    var found: OrderedDictionary<String, String> = [:]
    for line in try await git.output(words, in: directory).splitLines() {
      let fields = line.fields()
      if fields.count == 2 { found[fields[1]] = fields[0] }
    }
    return found
  }

  /// Whether the directory is that of a repository: a checkout, a worktree, or a bare one.
  func isRepository(isBare: Bool) async throws -> Bool {
    if git.context.files.isDirectory(PathText.child(isBare ? "refs" : ".git", of: path)) { return true }
    return try await isWorktree()
  }

  /// Whether it is a worktree beside the checkout that has the repository.
  func isWorktree() async throws -> Bool {
    guard git.context.files.isDirectory(path),
      let top = try await git.optionalOutput(["rev-parse", "--show-toplevel"], in: path),
      let line = git.context.files.firstLine(PathText.child(".git", of: top))
    else { return false }
    let fields = line.split(separator: " ", maxSplits: 1).map(String.init)
    return fields.count == 2 && fields[0] == "gitdir:" && fields[1].hasPrefix("/")
  }
}
