import Configuration
import HostSystem
import HostSystemTesting
import Testing

@testable import Master

@Suite struct GitEnvironmentsTests {
  private static let output = """
    \(commit("a")) commit   refs/heads/master
    \(commit("b")) commit   refs/heads/dev
    \(commit("c")) commit   refs/heads/feature/x
    \(commit("d")) commit   refs/tags/v1
    \(commit("e")) commit   refs/tags/dev
    """

  private static func commit(_ digit: String) -> String { String(repeating: digit, count: 40) }

  /// Lines of a remote's settings, and which environments they make of the branches above.
  @Test(arguments: [
    ("", ["base": "a", "dev": "b", "feature/x": "c", "v1": "d"]),
    ("- base: dev", ["base": "b", "master": "a", "feature/x": "c", "v1": "d"]),
    ("- ref_types: [tag]", ["dev": "e", "v1": "d"]),
    ("- ref_types: [tag, branch]", ["base": "a", "dev": "e", "feature/x": "c", "v1": "d"]),
    ("- disable_saltenv_mapping: true", ["base": "a"]),
    ("- saltenv: [{qa: [{ref: dev}]}]", ["base": "a", "qa": "b", "feature/x": "c", "v1": "d"]),
    (
      "- disable_saltenv_mapping: true\n- saltenv: [{qa: [{ref: v1}]}, {gone: [{ref: nope}]}]",
      ["base": "a", "qa": "d"]
    ),
    ("- saltenv_whitelist: [base, 'v*']", ["base": "a", "v1": "d"]),
    ("- saltenv_blacklist: ['v\\d', dev]", ["base": "a", "feature/x": "c"]),
    ("- all_saltenvs: dev", ["base": "b", "dev": "b", "feature/x": "b", "v1": "b"]),
    ("- base: gone\n- fallback: dev", ["base": "b", "master": "a", "dev": "b", "feature/x": "c", "v1": "d"]),
  ])
  func refsBecomeEnvironments(_ lines: String, _ expected: [String: String]) throws {
    let options = lines.split(separator: "\n").map { "      \($0)\n" }.joined()
    let remote = try Self.remote("gitfs_remotes:\n  - /srv/x\(lines.isEmpty ? "\n" : ":\n")\(options)")
    #expect(remote.environments.commits(GitReferences(Self.output)) == expected.mapValues(Self.commit))
  }

  @Test func otherEnvironmentsAreTheFallback() throws {
    let remote = try Self.remote(
      "gitfs_remotes: [/srv/x]\ngitfs_fallback: dev\ngitfs_root: top\ngitfs_saltenv: [{qa: [{ref: v1}, {root: q}]}]\n"
        + "gitfs_saltenv_blacklist: ['secret*']\n")
    let references = GitReferences(Self.output)
    var roots = GitFileRoots()
    roots.add(
      remote, remote.environments.commits(references), others: remote.environments.commitOfOthers(references)
    ) { String($0.prefix(1)) }
    #expect(roots["base"] == [FileRoot("a", subdirectory: "top")])
    #expect(roots["qa"] == [FileRoot("d", subdirectory: "q")])
    #expect(roots["whatever"] == [FileRoot("b", subdirectory: "top")])
    #expect(roots["secrets"] == [])
    #expect(roots.names == ["base", "dev", "feature/x", "qa"])
  }

  private static func remote(_ text: String) throws -> GitRemote {
    let directory = try TemporaryDirectory()
    try HostFiles().write(directory.path("master.yaml"), text: text)
    return try #require(try MasterConfiguration(directory: directory.path).files.gitRemotes.first)
  }

  @Test func eachRemoteIsLookedAtInItsTime() throws {
    #expect(try Self.remote("gitfs_remotes: [/srv/x]\n").interval == 60)
    #expect(try Self.remote("gitfs_remotes: [/srv/x]\ngitfs_update_interval: 7\n").interval == 7)
    #expect(
      try Self.remote("gitfs_remotes: [{/srv/x: [{update_interval: 9}]}]\ngitfs_update_interval: 7\n").interval == 9)
  }

  @Test func passwordsAreNeitherShownNorGivenAway() throws {
    let remote = try Self.remote(
      "gitfs_remotes:\n  - https://git.example.com/x:\n    - user: ann\n    - password: 'pa?s>w'\n    - ssl_verify: false\n"
    )
    #expect(!"\(remote)".contains("pa?s"))
    // The standard alphabet and padding of base64, which url-safe text has not.
    #expect(
      remote.access.configuration(for: remote.url)
        == "[http \"https://git.example.com/x\"]\n\textraHeader = Authorization: Basic YW5uOnBhP3M+dw==\n")
    #expect(!remote.access.verifiesCertificate)
    let key = try Self.remote(
      "gitfs_remotes: ['git@example.com:x.git']\ngitfs_privkey: /etc/k\ngitfs_pubkey: /etc/k.pub\n")
    #expect(key.access.sshCommand == "ssh -o BatchMode=yes -o ConnectTimeout=30 -o IdentitiesOnly=yes -i '/etc/k'")
  }

  @Test(arguments: [
    "{'http://x/y': [{user: a}, {password: b}]}", "{'ssh://x/y': [{user: a}, {password: b}]}",
    "{'https://x/y': [{password: b}]}", "{'git@x:y': [{privkey: /k}, {passphrase: b}]}", "{'git@x:y': [{pubkey: /k}]}",
    "{'git@x:y': [{privkey: \"/k' -o ProxyCommand=x '\"}]}", "{'git@x:y': [{privkey: k}]}",
    "{'/srv/x': [{ref_types: [head]}]}", "{'/srv/x': [{saltenv: [{a: [{base: x}]}]}]}",
    "{'/srv/x': [{update_interval: 0}]}", "{'/srv/x': [{env: x}]}", "'https://x/\"]'",
  ])
  func whatCannotBeIsRefused(_ remote: String) throws {
    #expect(throws: ConfigurationError.self) { try Self.remote("gitfs_remotes: [\(remote)]\n") }
  }
}
