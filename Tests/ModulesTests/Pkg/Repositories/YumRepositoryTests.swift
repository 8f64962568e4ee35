import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct YumRepositoryTests {
  static let path = "/etc/yum.repos.d/two.repo"
  static let text = """
    # a head
    [one]
    name=One
    baseurl=http://one.example/
    # about one
    enabled=1

    [two]
    name = Two
    mirrorlist=http://two.example/list
    gpgkey=http://two.example/a
      http://two.example/b

    """

  private let commands = ScriptedCommands(programs: ["dnf", "rpm"], [:])

  private func host(_ text: String? = text) throws -> StateTestHost {
    let host = try StateTestHost(grains: ["os_family": "RedHat"])
    try host.files.makeDirectory("/etc/yum.repos.d")
    if let text { try host.files.write(Self.path, text: text) }
    return host
  }

  private func call(_ host: StateTestHost, _ function: String, _ named: ValueMap, isTest: Bool = false) async throws
    -> StateResult
  {
    try await host.call(PkgRepoStates.all, "pkgrepo.\(function)", named, isTest: isTest, commands)
  }

  @Test func configuresOnce() async throws {
    let host = try host(nil)
    let named: ValueMap = [
      "name": "new", "humanname": "A new one", "baseurl": "http://new.example/$releasever", "gpgcheck": true,
      "gpgkey": ["http://a", "file:///b"], "priority": 5, "comments": ["by hand: no"],
    ]
    #expect(try await call(host, "managed", named, isTest: true).changes == ["repo": "new"])
    #expect(host.files.entriesIfPresent("/etc/yum.repos.d").isEmpty)
    #expect(
      try await call(host, "managed", named)
        == StateResult(true, "Configured package repo 'new'", changes: ["repo": "new"]))
    let text = try host.files.readText("/etc/yum.repos.d/new.repo")
    #expect(
      text == """
        [new]
        name=A new one
        baseurl=http://new.example/$releasever
        gpgcheck=1
        gpgkey=http://a file:///b
        priority=5
        enabled=1
        # by hand: no

        """)
    #expect(try await call(host, "managed", named) == StateResult(true, "Package repo 'new' already configured"))
  }

  @Test func changesOneOfSeveral() async throws {
    let host = try host()
    let result = try await call(
      host, "managed", ["name": "two", "humanname": "Two", "baseurl": "http://two.example/", "disabled": true])
    #expect(
      result.changes == [
        "baseurl": ["new": "http://two.example/", "old": .null], "enabled": ["new": "0", "old": .null],
        "mirrorlist": ["new": .null, "old": "http://two.example/list"],
      ])
    let text = try host.files.readText(Self.path)
    #expect(text.hasPrefix(Self.text.prefix { $0 != "\n" }))
    #expect(
      text.contains(
        "# about one\nenabled=1\n\n[two]\nname = Two\ngpgkey=http://two.example/a\n  http://two.example/b\n"))
    #expect(text.contains("enabled=0") && !text.contains("mirrorlist"))
  }

  @Test(
    arguments: [
      (["name": "new"], "none of baseurl, mirrorlist, metalink was given"),
      (
        ["name": "new", "baseurl": "a", "mirrorlist": "b"],
        "One and only one of baseurl, mirrorlist, metalink can be used"
      ),
      (["name": "new", "baseurl": "http://a\n[evil]\nbaseurl=b"], "has more than one line"),
      (["name": "ne]w", "baseurl": "a"], "is no id of a repository"), (["name": "../x", "baseurl": "a"], "is no id"),
      (["name": "new", "baseurl": "a", "Ev=il": "x"], "is no option of a repository"),
      (["name": "copr:a/b"], "Copr projects are not set up here"),
    ] as [(ValueMap, String)])
  func refuses(_ named: ValueMap, _ comment: String) async throws {
    let host = try host()
    let result = try await call(host, "managed", named)
    #expect(result.result == false)
    #expect(result.comment.contains(comment), "\(result.comment)")
    #expect(host.files.entriesIfPresent("/etc/yum.repos.d") == ["two.repo"])
  }

  @Test func saysWhatIsNotUsed() async throws {
    let result = try await call(
      try host(), "managed", ["name": "two", "humanname": "Two", "mirrorlist": "http://two.example/list", "dist": "x"])
    #expect(result.result == true)
    #expect(result.warnings == ["Not used by this host's package system: dist."])
  }

  @Test func removes() async throws {
    let host = try host()
    #expect(try await call(host, "absent", ["name": "one"]).changes == ["repo": "one"])
    #expect(try host.files.readText(Self.path).hasPrefix("# a head\n[two]\n"))
    #expect(try await call(host, "absent", ["name": "one"]) == StateResult(true, "Package repo one is absent"))
    #expect(try await call(host, "absent", ["name": "two"], isTest: true).result == nil)
    #expect(try await call(host, "absent", ["name": "two"]).result == true)
    #expect(!host.files.exists(Self.path))
  }
}
