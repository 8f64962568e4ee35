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
    try writeConfiguration("")
    if !files.exists("\(repository)/HEAD") { try await git(["init", "--quiet", "--bare", "--", repository]) }
    try writeConfiguration(remote.access.configuration(for: remote.url))
    defer { try? writeConfiguration("") }
    try await git(
      ["--git-dir=\(repository)", "fetch", "--quiet", "--prune", "--force", "--no-tags", "--no-write-fetch-head"]
        + ["--no-recurse-submodules", "--", remote.url, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"])
  }

  /// Branches and tags as they were fetched last.
  ///
  /// - Parameter refs: more that are looked for by their names.
  func references(_ refs: [String] = []) async throws -> GitReferences {
    guard files.exists("\(repository)/HEAD") else { return GitReferences("") }
    let list = ["--git-dir=\(repository)", "for-each-ref", "--format=\(GitReferences.format)"]
    let environments = remote.environments
    let named =
      [environments.base, environments.all, environments.fallback].compactMap(\.self)
      + environments.parameters.values.compactMap(\.ref) + refs
    // What is named by itself: whoever may push branches could push so many that it would be behind the limit.
    let first = try await git(list + named.flatMap { ["refs/heads/\($0)", "refs/tags/\($0)"] })
    let all = try await git(list + ["--count=\(GitReferences.limit)", "refs/heads", "refs/tags"])
    var commits: Set<String> = []
    for ref in named where GitReferences.isCommit(ref) {
      if (try? await git(["--git-dir=\(repository)", "cat-file", "-e", "\(ref)^{commit}"])) != nil {
        commits.insert(ref)
      }
    }
    return GitReferences(first + all, commits: commits)
  }

  /// Settings of git that only this repository's programs see.
  private var configuration: String { "\(directory)/\(remote.directoryName).gitconfig" }

  private func writeConfiguration(_ more: String) throws(HostError) {
    try files.write(configuration, text: "[safe]\n\tdirectory = *\n" + more, mode: 0o600)
  }

  /// Puts the files of a commit into its directory, unless they are there.
  ///
  /// - Parameters:
  ///   - part: the directory of the repository that counts.
  ///   - prefix: below which path it is put.
  ///   - name: the directory's name, where it does not hold the whole commit.
  func checkOut(_ commit: String, part: String = "", below prefix: String = "", as name: String? = nil) async throws {
    let name = name ?? commit
    guard !files.isDirectory(tree(of: name)) else { return }
    let temporary = "\(trees)/.\(name)"
    let index = "\(trees)/.\(name).index"
    try files.removeTree(temporary)
    try files.remove(index)
    try files.makeDirectory(temporary, mode: 0o700)
    defer { try? files.remove(index) }
    let place = ["--git-dir=\(repository)", "--work-tree=\(temporary)"]
    let below = prefix.isEmpty ? [] : ["--prefix=\(prefix)/"]
    try await git(place + ["read-tree"] + below + [part.isEmpty ? commit : "\(commit):\(part)"], index: index)
    try await git(place + ["checkout-index", "--all", "--force", "--quiet"], index: index, in: temporary)
    try files.rename(temporary, to: tree(of: name))
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
      "-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=60",
    ]
    let unchecked = remote.access.verifiesCertificate ? [] : ["-c", "http.sslVerify=false"]
    var command = Command(["git"] + safety + unchecked + arguments)
    command.environment = [
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": configuration, "GIT_TERMINAL_PROMPT": "0",
      "GIT_ASKPASS": "/bin/false", "SSH_ASKPASS": "/bin/false", "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
      "GIT_SSH_COMMAND": remote.access.sshCommand, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C",
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
