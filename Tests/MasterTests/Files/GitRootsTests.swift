import Configuration
import HostSystem
import HostSystemTesting
import Synchronization
import Testing

@testable import Master

@Suite struct GitRootsTests {
  private static let commit = String(repeating: "a", count: 40)
  private static let other = String(repeating: "b", count: 40)
  private static let tag = String(repeating: "c", count: 40)

  @Test(arguments: [
    "https://git.example.com/states.git", "ssh://git@example.com:22/states", "git@example.com:states.git",
    "file:///srv/git/states", "/srv/git/states", "git://example.com/x", "https://user:secret@example.com/x.git",
  ])
  func addressesThatMayBe(_ url: String) { #expect(GitAddress.isAllowed(url)) }

  @Test(arguments: [
    "", "-u", "--upload-pack=touch /tmp/x", "ext::sh -c 'touch /tmp/x'", "fd::17", "ssh://-oProxyCommand=x/y",
    "-oProxyCommand=x:y", "git@-oProxyCommand=x:y", "https://example.com/x y", "https://example.com/x\ny",
    "transport::address", "ftp://example.com/x", "states", "../states",
  ])
  func addressesThatMayNotBe(_ url: String) { #expect(!GitAddress.isAllowed(url)) }

  @Test func passwordsAreNotShown() {
    #expect(GitRemote(url: "https://user:secret@example.com/x.git").shownURL == "https://example.com/x.git")
    #expect(GitRemote(url: "https://example.com/a@b").shownURL == "https://example.com/a@b")
  }

  @Test func branchesAndTagsAreEnvironments() {
    let output = """
      \(Self.commit) commit   refs/heads/main
      \(Self.other) commit   refs/heads/feature/x
      \(Self.tag) tag \(Self.commit) commit refs/tags/v1
      \(Self.other) commit   refs/tags/main
      \(Self.other) tree   refs/tags/tree
      short commit   refs/heads/short
      \(Self.other) commit   refs/heads/base
      \(Self.other) commit   refs/remotes/x/y
      """
    #expect(
      GitEnvironments(base: "main").commits(GitReferences(output)) == [
        "base": Self.commit, "feature/x": Self.other, "v1": Self.commit,
      ])
    #expect(GitEnvironments(base: "v1").commits(GitReferences(output))["base"] == Self.commit)
    #expect(GitEnvironments(base: "main").commits(GitReferences("")).isEmpty)
    #expect(!GitReferences(output).isCut)
  }

  /// Somebody who may push a branch takes neither the base nor anybody else's environment away.
  @Test func aBranchThatCannotBeCheckedOutIsTheOnlyOneMissing() async throws {
    let directory = try TemporaryDirectory()
    func git(_ arguments: String...) async throws -> String {
      var command = Command(["git", "-C", directory.path] + arguments)
      command.environment = [
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
      ]
      let result = try await SubprocessRunner().run(command)
      try #require(result.isSuccess, "\(arguments): \(result.errorText)")
      return result.outputText.trimmed()
    }
    try HostFiles().makeDirectory(directory.path("states"))
    guard SubprocessRunner().which("git") != nil else { return }
    _ = try await git("init", "--quiet", "states")
    try HostFiles().write(directory.path("states/a.sls"), text: "a: 1\n")
    _ = try await git("-C", "states", "add", "a.sls")
    _ = try await git("-C", "states", "commit", "--quiet", "-m", "1")
    let good = try await git("-C", "states", "rev-parse", "HEAD")
    let tree = try await git("-C", "states", "rev-parse", "HEAD^{tree}")
    try HostFiles().write(directory.path("tree"), text: "040000 tree \(tree)\t.git\n")
    let evil = try await SubprocessRunner().run(
      "sh", "-c", "git -C '\(directory.path("states"))' mktree < '\(directory.path("tree"))'")
    let bad = try await git("-C", "states", "commit-tree", "-m", "x", evil.outputText.trimmed())
    for (name, commit) in [("master", good), ("main", good), ("zeta", good), ("evil", bad)] {
      _ = try await git("-C", "states", "update-ref", "refs/heads/\(name)", commit)
    }
    let roots = Mutex<[String: String]>([:])
    let following = GitRoots(directory: directory.path("copies")) { found in
      roots.withLock { $0 = Dictionary(uniqueKeysWithValues: found.names.map { ($0, found[$0][0].directory) }) }
    }
    var settings = FileServerSettings(roots: [:])
    settings.backends = [.git]
    settings.gitRemotes = [GitRemote(url: directory.path("states"))]
    await following.follow(settings)
    for _ in 0..<200 where roots.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(50)) }
    await following.stop()
    let found = roots.withLock { $0 }
    #expect(found.keys.sorted() == ["base", "main", "zeta"])
    #expect(found["base"].map { HostFiles().isFile("\($0)/a.sls") } == true)
  }

  @Test func remotesAreReadAsSaltHasThem() throws {
    let directory = try TemporaryDirectory()
    func remotes(_ text: String) throws -> FileServerSettings {
      try HostFiles().write(directory.path("master.yaml"), text: text)
      return try MasterConfiguration(directory: directory.path).files
    }
    let settings = try remotes(
      """
      fileserver_backend: [git, roots]
      gitfs_base: main
      gitfs_root: salt
      gitfs_remotes:
        - https://example.com/a.git
        - https://example.com/b.git:
          - root: formula/
          - base: trunk
          - mountpoint: salt://b/c
      """)
    #expect(settings.backends == [.git, .roots])
    #expect(
      settings.gitRemotes == [
        GitRemote(url: "https://example.com/a.git", root: "salt", base: "main"),
        GitRemote(url: "https://example.com/b.git", root: "formula", base: "trunk", mountPoint: "b/c"),
      ])
    for wrong in [
      "gitfs_remotes: ['ext::sh -c id']", "gitfs_remotes: [{'https://example.com/a': [{root: ../x}]}]",
      "gitfs_remotes: [{'https://example.com/a': [{pubkey: /x}]}]", "fileserver_backend: [s3fs]",
      "file_ignore_regex: ['(']", "file_roots: {base: [relative]}", "file_roots: {'../x': [/srv]}",
      "file_roots: {base: 5}", "gitfs_update_interval: 1",
    ] {
      #expect(throws: ConfigurationError.self, "\(wrong)") { try remotes(wrong) }
    }
  }
}
