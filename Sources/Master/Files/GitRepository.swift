import HostSystem

/// The master's copy of a remote: a bare repository, and a directory for each commit that is an environment. It runs `git`
/// with nobody's configuration but its own: no hooks, no prompts, no helpers.
struct GitRepository: Sendable {
  let remote: GitRemote
  /// Holds `NAME.git`, `trees/NAME/COMMIT` and the configuration.
  let directory: String
  private let commands = SubprocessRunner()
  private let files = HostFiles()

  init(_ remote: GitRemote, directory: String) {
    self.remote = remote
    self.directory = directory
  }

  private var repository: String { "\(directory)/\(remote.directoryName).git" }
  private var trees: String { "\(directory)/trees/\(remote.directoryName)" }

  func tree(of commit: String) -> String { "\(trees)/\(commit)" }

  /// Gets what is new.
  ///
  /// - Throws: `HostError` with what git said.
  func fetch() async throws {
    try files.makeDirectory(trees, mode: 0o700)
    try files.write("\(directory)/gitconfig", text: "[safe]\n\tdirectory = *\n", mode: 0o600)
    if !files.exists("\(repository)/HEAD") { try await git(["init", "--quiet", "--bare", "--", repository]) }
    try await git(
      ["--git-dir=\(repository)", "fetch", "--quiet", "--prune", "--force", "--no-tags", "--no-write-fetch-head"]
        + ["--no-recurse-submodules", "--", remote.url, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"])
  }

  /// Branches and tags as they were fetched last.
  func references() async throws -> GitReferences {
    guard files.exists("\(repository)/HEAD") else { return GitReferences("", base: remote.base) }
    let list = ["--git-dir=\(repository)", "for-each-ref", "--format=\(GitReferences.format)"]
    // The base by itself: whoever may push branches could push so many that it would be behind the limit.
    let base = try await git(list + ["refs/heads/\(remote.base)", "refs/tags/\(remote.base)"])
    let all = try await git(list + ["--count=\(GitReferences.limit)", "refs/heads", "refs/tags"])
    return GitReferences(base + all, base: remote.base)
  }

  /// Puts the files of a commit into its directory, unless they are there.
  func checkOut(_ commit: String) async throws {
    guard !files.isDirectory(tree(of: commit)) else { return }
    let temporary = "\(trees)/.\(commit)"
    let index = "\(trees)/.\(commit).index"
    try files.removeTree(temporary)
    try files.remove(index)
    try files.makeDirectory(temporary, mode: 0o700)
    defer { try? files.remove(index) }
    let place = ["--git-dir=\(repository)", "--work-tree=\(temporary)"]
    try await git(place + ["read-tree", commit], index: index)
    try await git(place + ["checkout-index", "--all", "--force", "--quiet"], index: index, in: temporary)
    try files.rename(temporary, to: tree(of: commit))
  }

  /// The commits that have a directory.
  func checkedOut() -> [String] { files.entriesIfPresent(trees).filter { !$0.hasPrefix(".") } }

  func remove(_ commit: String) { try? files.removeTree(tree(of: commit)) }

  @discardableResult
  private func git(_ arguments: [String], index: String? = nil, in place: String? = nil) async throws -> String {
    let safety = [
      "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "protocol.ext.allow=never", "-c",
      "gc.auto=0",
      "-c", "core.protectHFS=true", "-c", "core.protectNTFS=true", "-c", "credential.helper=",
    ]
    var command = Command(["git"] + safety + arguments)
    command.environment = [
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "\(directory)/gitconfig", "GIT_TERMINAL_PROMPT": "0",
      "GIT_ASKPASS": "/bin/false", "SSH_ASKPASS": "/bin/false", "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
      "GIT_SSH_COMMAND": "ssh -o BatchMode=yes", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C",
    ]
    if let index { command.environment["GIT_INDEX_FILE"] = index }
    command.workingDirectory = place ?? directory
    command.timeout = .seconds(600)
    let result = try await commands.run(command)
    guard result.isSuccess else {
      // Git says the address again, with what may be a password in it.
      let words = (result.errorText + result.outputText).trimmed().replacing(remote.url, with: remote.shownURL)
      throw HostError(.other, "git of \(remote.shownURL) ended with \(result.ending): \(words.suffix(1000))")
    }
    return result.outputText
  }
}
