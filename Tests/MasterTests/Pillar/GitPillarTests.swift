import Configuration
import HostSystem
import HostSystemTesting
import OrderedCollections
import Sealing
import States
import Testing
import Value
import Wire

@testable import Master

@Suite struct GitPillarTests {
  private static let readme = "[user]\n\tname = x\n\temail = x@example.com\n"

  /// A repository with these branches, each with its files.
  private static func repository(_ host: PillarHost, _ name: String, _ branches: [(String, [String: String])])
    async throws
    -> String
  {
    let path = host.directory.path(name)
    try HostFiles().write(host.directory.path("gitconfig"), text: readme)
    func git(_ words: String...) async throws {
      var command = Command(["git"] + words)
      command.workingDirectory = path
      command.environment = ["GIT_CONFIG_GLOBAL": host.directory.path("gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"]
      let result = try await SubprocessRunner().run(command)
      guard result.isSuccess else { throw HostError(.other, result.errorText) }
    }
    try HostFiles().makeDirectory(path)
    try await git("init", "--quiet", "--initial-branch=master")
    for (branch, files) in branches {
      try await git("checkout", "--quiet", "--orphan", branch)
      for (file, text) in files { try PillarHost.write("\(path)/\(file)", text) }
      try await git("add", "--all")
      try await git("commit", "--quiet", "--message=x")
      for file in files.keys { try HostFiles().remove("\(path)/\(file)") }
    }
    return path
  }

  private func pillar(_ host: PillarHost, pillarenv: String? = nil) async throws -> ValueMap {
    let id = try #require(MinionID("web1"))
    let request = PillarRequest(environment: pillarenv.flatMap { EnvironmentName($0) })
    switch await host.service.answer(request, id, ["os": "Debian"]) {
    case .pillar(let pillar, _): return pillar
    case .refused(let refusal): throw refusal
    default: return [:]
    }
  }

  @Test(.timeLimit(.minutes(2))) func branchesHavePillarOfTheirEnvironment() async throws {
    let host = try PillarHost([:])
    let path = try await Self.repository(
      host, "one",
      [
        (
          "master",
          [
            "top.sls": "base:\n  '*': [a]\n  'G@os:Debian': [sub.b]\n", "a.sls": "a: {{ opts.saltenv }}\nk: one\n",
            "sub/b.sls": "include: [lib.c]\nb: 1\n",
          ]
        ), ("dev", ["top.sls": "dev: {'*': [d]}\n", "d.sls": "d: {{ saltenv }}\nk: dev\n"]),
        ("lib", ["c.sls": "c: from lib\n"]), ("nested", ["in/top.sls": "qa: {'*': [q]}\n", "in/q.sls": "q: 1\n"]),
      ])
    let second = try PillarHost(
      ["top.sls": "base: {'*': [f]}\n", "f.sls": "f: file\nk: file\n"],
      configuration: """
        ext_pillar:
          - git:
            - master \(path)
            - dev \(path)
            - lib \(path):
              - env: base
              - mountpoint: lib
            - nested \(path):
              - root: in
              - env: qa
        """)
    let all = try await pillar(second)
    #expect(
      all == ["f": "file", "k": "dev", "a": "base", "c": "from lib", "b": 1, "d": "dev", "q": 1])
    // Only the environment that is asked for.
    #expect(try await pillar(second, pillarenv: "dev") == ["d": "dev", "k": "dev"])
    #expect(try await pillar(second, pillarenv: "qa") == ["q": 1])
  }

  @Test(.timeLimit(.minutes(2))) func theBranchMayBeThatOfTheEnvironment() async throws {
    let host = try PillarHost([:])
    let path = try await Self.repository(
      host, "one",
      [
        ("main", ["top.sls": "base: {'*': [a]}\n", "a.sls": "a: main\n"]),
        ("dev", ["top.sls": "dev: {'*': [a]}\n", "a.sls": "a: dev\n"]),
      ])
    let second = try PillarHost(
      [:], configuration: "git_pillar_base: main\next_pillar:\n  - git:\n    - __env__ \(path)\n")
    #expect(try await pillar(second) == ["a": "main"])
    #expect(try await pillar(second, pillarenv: "dev") == ["a": "dev"])
    // No branch, no pillar, as in Salt.
    #expect(try await pillar(second, pillarenv: "gone") == [:])
  }

  @Test(.timeLimit(.minutes(2))) func whatCannotBeHadIsAnErrorAndNotHalfAPillar() async throws {
    let host = try PillarHost([:])
    let path = try await Self.repository(
      host, "one", [("master", ["top.sls": "base: {'*': [bad]}\n", "bad.sls": "a: [\n"])])
    let faults = ["master \(path)", "gone \(path)", "master /nonexistent/repository"]
    for fault in faults {
      let second = try PillarHost([:], configuration: "ext_pillar: [{git: ['\(fault)']}]\n")
      await #expect(throws: FleetRefusal.self, "\(fault)") { try await pillar(second) }
    }
  }

  /// What stands in a file of a repository may be decrypted, what a minion says may not.
  @Test(.timeLimit(.minutes(2))) func sealedValuesAreOpened() async throws {
    let host = try PillarHost([:])
    let keys = try PillarKeyStore(directory: host.directory.path("keys"))
    let word = try #require(try keys.keyring().current)
    let sealed = try SealedPillarValue.seal(Secret("geheim"), for: nil, to: word).text
    let path = try await Self.repository(
      host, "one", [("master", ["top.sls": "base: {'*': [a]}\n", "a.sls": "p: \(sealed)\n"])])
    let second = try PillarHost([:], configuration: "ext_pillar: [{git: ['master \(path)']}]\n", keys: host)
    #expect(try await pillar(second)["p"] == "geheim")
  }

  @Test(arguments: [
    "git: []", "git: master", "git: ['master ext::sh']", "git: ['-x /srv/x']",
    "git: [{'master /srv/x': [{env: ../x}]}]",
    "git: [{'master /srv/x': [{what: 1}]}]", "git: [{'master http://x/y': [{user: a}, {password: b}]}]",
  ])
  func settingsThatCannotBeAreRefused(_ setting: String) throws {
    #expect(throws: ConfigurationError.self) {
      try PillarHost([:], configuration: "ext_pillar: [{\(setting)}]\n")
    }
  }

  @Test func passwordsAreNotInTheOptionsOfTemplates() throws {
    let directory = try TemporaryDirectory()
    try HostFiles().write(
      directory.path("master.yaml"),
      text: "ext_pillar: [{git: [{'master https://x/y': [{user: a}, {password: geheim}]}]}]\n")
    let settings = try MasterConfiguration(directory: directory.path).pillar
    #expect(!"\(settings.options)".contains("geheim"))
    #expect(settings.gitEntries.values.first?.first?.remote.access.password != nil)
  }
}
