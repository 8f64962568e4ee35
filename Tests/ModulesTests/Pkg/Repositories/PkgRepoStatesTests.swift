import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments and changes are those of Salt 3008 beside the same files.
@Suite struct PkgRepoStatesTests {
  static let name = "deb [signed-by=/etc/apt/keyrings/x.asc] http://x.example stable main"
  static let file = "/etc/apt/sources.list.d/x.list"
  static let line = "\(name)\n"

  private func host(_ grains: ValueMap = ["os_family": "Debian", "os": "Debian"]) throws -> StateTestHost {
    let host = try StateTestHost(grains: grains)
    try host.files.makeDirectory("/etc/apt/sources.list.d")
    try host.files.write("/etc/apt/sources.list", text: "deb http://deb.debian.org/debian bookworm main\n")
    try host.files.write("/srv/salt/key.asc", text: RepositoryTestKey.armored)
    return host
  }

  private let commands = ScriptedCommands(
    programs: ["apt-get", "dpkg-query"], ["apt-get -q update": CommandResult(exit: 0)])

  private func managed(
    _ host: StateTestHost, _ name: String = name, _ named: ValueMap = [:], isTest: Bool = false
  ) async throws -> StateResult {
    var words = named
    words["name"] = .string(name)
    return try await host.call(PkgRepoStates.all, "pkgrepo.managed", words, isTest: isTest, commands)
  }

  @Test func configuresOnce() async throws {
    let host = try host()
    let named: ValueMap = ["file": .string(Self.file), "key_url": "salt://key.asc"]
    let predicted = try await managed(host, named, isTest: true)
    #expect(
      predicted
        == StateResult(
          nil, "Package repo '\(Self.name)' would be configured. \(PkgRepoStates.caution)",
          changes: ["repo": .string(Self.name)]))
    #expect(!host.files.exists(Self.file))
    let done = try await managed(host, named)
    #expect(done == StateResult(true, "Configured package repo '\(Self.name)'", changes: ["repo": .string(Self.name)]))
    #expect(try host.files.readText(Self.file) == Self.line)
    #expect(host.files.status(Self.file)?.mode == 0o644)
    #expect(try host.files.readText("/etc/apt/keyrings/x.asc") == RepositoryTestKey.armored)
    #expect(commands.runs == [["apt-get", "-q", "update"]])
    #expect(try await managed(host, named) == StateResult(true, "Package repo '\(Self.name)' already configured"))
    #expect(commands.runs.count == 1)
  }

  private func managed(_ host: StateTestHost, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await managed(host, Self.name, named, isTest: isTest)
  }

  @Test func bringsBackAKeyThatIsGoneOrAnother() async throws {
    let host = try host()
    let named: ValueMap = [
      "file": .string(Self.file), "key_text": .string(RepositoryTestKey.armored), "refresh": false,
    ]
    _ = try await managed(host, named)
    try host.files.remove("/etc/apt/keyrings/x.asc")
    let back = try await managed(host, named)
    #expect(back.changes == ["key": ["new": .string(RepositoryTestKey.fingerprint), "old": ""]])
    try host.files.write("/etc/apt/keyrings/x.asc", text: "something else")
    #expect(try await managed(host, named, isTest: true).changes["key"]?["old"] == "unreadable")
    #expect(try await managed(host, named).result == true)
    #expect(commands.runs.isEmpty)
  }

  @Test func changesWhatDiffers() async throws {
    let host = try host()
    try host.files.write(Self.file, text: Self.line)
    let result = try await managed(host, ["comps": "main,contrib", "refresh": false])
    let new = Self.name + " contrib"
    #expect(
      result.changes == [
        "comps": ["new": ["main", "contrib"], "old": ["main"]],
        "line": ["new": .string(new), "old": .string(Self.name)],
      ])
    let disabled = try await managed(host, ["comps": "main,contrib", "disabled": true, "refresh": false], isTest: true)
    #expect(
      disabled.changes == [
        "disabled": ["new": true, "old": false], "line": ["new": .string("# \(new)"), "old": .string(new)],
      ])
  }

  @Test func putsAKeyWithoutSignedByAmongTheTrusted() async throws {
    let host = try host()
    let named: ValueMap = ["file": .string(Self.file), "key_url": "/srv/salt/key.asc", "refresh": false]
    let result = try await managed(host, "deb http://x.example stable main", named)
    #expect(result.warnings == ["Without signed-by the key holds for every repository of the host."])
    #expect(host.files.isFile("/etc/apt/trusted.gpg.d/x.asc"))
  }

  @Test func fetchesAKeyOnlyWhenItIsNeeded() async throws {
    let host = try host()
    let root = host.root
    let helper = ScriptedCommands(programs: ["apt-get", "dpkg-query"]) { command in
      guard command.arguments.first == PackageDownload.helper, command.arguments.count == 4 else { return nil }
      #expect(command.arguments[2] == "https://x.example/key")
      #expect(command.arguments[3].hasPrefix(root))
      try? HostFiles().write(command.arguments[3], text: RepositoryTestKey.armored)
      return CommandResult(exit: 0)
    }
    let named: ValueMap = [
      "name": .string(Self.name), "file": .string(Self.file), "key_url": "https://x.example/key", "refresh": false,
    ]
    let predicted = try await host.call(PkgRepoStates.all, "pkgrepo.managed", named, isTest: true, helper)
    #expect(predicted.result == nil)
    #expect(helper.runs.isEmpty)
    #expect(try await host.call(PkgRepoStates.all, "pkgrepo.managed", named, helper).result == true)
    #expect(try await host.call(PkgRepoStates.all, "pkgrepo.managed", named, helper).changes == [:])
    #expect(helper.runs.count == 1)
    #expect(host.files.entriesIfPresent("/var/cache/brine/minion/packages").isEmpty)
  }

  @Test func putsTheFilesBackWhenAptCanReadNone() async throws {
    let host = try host()
    let broken = ScriptedCommands(
      programs: ["apt-get", "dpkg-query"],
      ["apt-get -q update": CommandResult(exit: 100, "", error: "E: The list of sources could not be read.\n")])
    let named: ValueMap = ["name": .string(Self.name), "file": .string(Self.file)]
    let result = try await host.call(PkgRepoStates.all, "pkgrepo.managed", named, broken)
    #expect(result.result == false)
    #expect(result.comment.contains("they are as they were before"))
    #expect(result.changes == [:])
    #expect(!host.files.exists(Self.file))
  }

  @Test(
    arguments: [
      (["repo": "deb http://a s m"], "'repo' is not a supported argument for this state."),
      (["enabled": true, "disabled": false], "Only one of enabled/disabled is allowed"),
      (
        ["key_url": "salt://key.asc", "keyid": "8774C833"],
        "You may not use both \"keyid\"/\"keyserver\" and \"key_url\""
      ),
      (["key_text": "x", "keyserver": "k"], "You may not use both \"keyid\"/\"keyserver\" and \"key_text\" argument."),
      (["key_text": "x", "key_url": "salt://k"], "You may not use both \"key_url\" and \"key_text\" argument."),
      (["keyid": "8774C833"], "both keyserver and keyid options required."),
      (["keyid": "--homedir", "keyserver": "k"], "is no key id."),
      (["keyid": "8774C833", "keyserver": "-k"], "is no key server."),
      (["key_url": "http://x/k", "allow_insecure_key": false], "Cannot have 'key_url' using http"),
      (["key_url": "salt://nosuch"], "salt://nosuch is in no root"), (["key_url": "x"], "Error: file not found: x"),
      (["key_text": "no key"], "key_text is no OpenPGP public key"), (["priority": 5], "have no option priority"),
      (["ppa": "a/b"], "cannot parse \"ppa:\" style repo definitions: ppa:a/b"),
    ] as [(ValueMap, String)])
  func refuses(_ named: ValueMap, _ comment: String) async throws {
    let host = try host()
    let result = try await managed(host, named)
    #expect(result.result == false)
    #expect(result.comment.contains(comment), "\(result.comment)")
    #expect(result.changes == [:])
    #expect(host.files.entriesIfPresent("/etc/apt/sources.list.d").isEmpty)
  }

  @Test func hidesPasswords() async throws {
    let host = try host()
    let name = "deb https://u:s3cret@x.example stable main"
    try host.files.write(Self.file, text: "# \(name)\n")
    let result = try await managed(host, name, ["refresh": false])
    #expect(result.changes["line"]?["new"] == "deb https://u:***@x.example stable main")
    #expect(try host.files.readText(Self.file) == "\(name)\n")
  }

  @Test func removes() async throws {
    let host = try host()
    try host.files.write(Self.file, text: Self.line)
    let named: ValueMap = ["name": .string(Self.name)]
    let predicted = try await host.call(PkgRepoStates.all, "pkgrepo.absent", named, isTest: true, commands)
    #expect(predicted == StateResult(nil, "Package repo '\(Self.name)' will be removed. \(PkgRepoStates.caution)"))
    let done = try await host.call(PkgRepoStates.all, "pkgrepo.absent", named, commands)
    #expect(done == StateResult(true, "Removed repo \(Self.name)", changes: ["repo": .string(Self.name)]))
    #expect(!host.files.exists(Self.file))
    #expect(commands.runs == [["apt-get", "-q", "update"]])
    let again = try await host.call(PkgRepoStates.all, "pkgrepo.absent", named, commands)
    #expect(again == StateResult(true, "Package repo \(Self.name) is absent"))
    let nonsense = try await host.call(PkgRepoStates.all, "pkgrepo.absent", ["name": "not a repo"], commands)
    #expect(nonsense == StateResult(true, "Package repo not a repo is absent"))
  }

  @Test func usesUbuntusProgramForPersonalArchives() async throws {
    let host = try host(["os_family": "Debian", "os": "Ubuntu"])
    let ubuntu = ScriptedCommands(
      programs: ["apt-get", "dpkg-query", "apt-add-repository"],
      ["apt-add-repository": CommandResult(exit: 0), "apt-get -q update": CommandResult(exit: 0)])
    let named: ValueMap = ["name": "ppa:a/b"]
    #expect(try await host.call(PkgRepoStates.all, "pkgrepo.managed", named, ubuntu).result == true)
    #expect(ubuntu.runs.first == ["apt-add-repository", "-y", "-n", "ppa:a/b"])
    try host.files.write(Self.file, text: "deb https://ppa.launchpadcontent.net/a/b/ubuntu noble main\n")
    #expect(try await host.call(PkgRepoStates.all, "pkgrepo.managed", named, ubuntu).changes == [:])
    #expect(try await host.call(PkgRepoStates.all, "pkgrepo.managed", ["name": "ppa:-x/b"], ubuntu).result == false)
  }
}
