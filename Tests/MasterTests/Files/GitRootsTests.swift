import Configuration
import HostSystem
import HostSystemTesting
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
  func addressesThatMayBe(_ url: String) { #expect(GitRemote.isAllowed(url)) }

  @Test(arguments: [
    "", "-u", "--upload-pack=touch /tmp/x", "ext::sh -c 'touch /tmp/x'", "fd::17", "ssh://-oProxyCommand=x/y",
    "-oProxyCommand=x:y", "git@-oProxyCommand=x:y", "https://example.com/x y", "https://example.com/x\ny",
    "transport::address", "ftp://example.com/x", "states", "../states",
  ])
  func addressesThatMayNotBe(_ url: String) { #expect(!GitRemote.isAllowed(url)) }

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
      GitReferences(output, base: "main").commits == [
        "base": Self.commit, "feature/x": Self.other, "v1": Self.commit,
      ])
    #expect(GitReferences(output, base: "v1").commits["base"] == Self.commit)
    #expect(GitReferences("", base: "main").commits.isEmpty)
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
      "gitfs_remotes: [{'https://example.com/a': [{pubkey: x}]}]", "fileserver_backend: [s3fs]",
      "file_ignore_regex: ['(']", "file_roots: {base: [relative]}", "file_roots: {'../x': [/srv]}",
      "file_roots: {base: 5}", "gitfs_update_interval: 1",
    ] {
      #expect(throws: ConfigurationError.self, "\(wrong)") { try remotes(wrong) }
    }
  }
}
