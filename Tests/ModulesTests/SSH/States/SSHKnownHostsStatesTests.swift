import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments and changes are Salt 3008's.
@Suite struct SSHKnownHostsStatesTests {
  private static let key = "AAAAC3NzaC1lZDI1NTE5AAAAIFaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  private static let file = "/etc/ssh/ssh_known_hosts"
  private let host: StateTestHost
  private let scan = ScriptedCommands([
    "ssh-keyscan": CommandResult(
      exit: 0, "git.example ssh-ed25519 \(key)\ngit.example ssh-rsa AAAA\n", error: "# git.example:22 SSH-2.0-x\n")
  ])

  init() throws {
    host = try StateTestHost()
    try host.files.write("/etc/passwd", text: "eve:x:\(getuid()):\(getgid())::/home/eve:/bin/sh\n")
    try host.files.makeDirectory("/home/eve")
  }

  private func call(
    _ function: String, _ named: ValueMap, isTest: Bool = false, _ commands: ScriptedCommands? = nil
  ) async throws -> StateResult {
    try await host.call(
      SSHKnownHostsStates.all, "ssh_known_hosts.\(function)", named.merging(["name": "git.example"]) { own, _ in own },
      isTest: isTest, commands ?? scan)
  }

  private func print(_ key: String) throws -> Value {
    .string(try SSHPublicKey(key)?.fingerprint(nil) ?? "")
  }

  @Test func aGivenKeyIsWrittenWithoutAskingTheHost() async throws {
    let named: ValueMap = ["key": .string(Self.key), "enc": "ed25519", "user": "eve", "hash_known_hosts": false]
    #expect(
      try await call("present", named, isTest: true)
        == StateResult(nil, "Key for git.example is set to be added to .ssh/known_hosts"))
    #expect(
      try await call("present", named)
        == StateResult(
          true, "git.example's key saved to .ssh/known_hosts (key: \(Self.key))",
          changes: [
            "old": .null,
            "new": [["hostname": "git.example", "enc": "ed25519", "key": .string(Self.key)]],
          ]))
    #expect(host.files.linesIfPresent("/home/eve/.ssh/known_hosts") == ["git.example ssh-ed25519 \(Self.key)"])
    #expect(host.files.status("/home/eve/.ssh/known_hosts")?.mode == 0o600)
    #expect(
      try await call("present", named) == StateResult(true, "git.example already exists in .ssh/known_hosts"))
    #expect(
      try await call("present", named, isTest: true)
        == StateResult(true, "Host git.example is already in .ssh/known_hosts"))
    #expect(scan.runs.isEmpty)
    #expect(
      try await call("present", ["user": "eve", "key": "AAAA", "enc": "ed25519"], isTest: true)
        == StateResult(nil, "Key for git.example is set to be updated in .ssh/known_hosts"))
  }

  @Test func ofWhatTheHostShowsOnlyTheKeyWithTheFingerprintIsWritten() async throws {
    let named: ValueMap = ["fingerprint": try print(Self.key), "hash_known_hosts": false]
    let result = try await call("present", named)
    #expect(result.comment == "git.example's key saved to \(Self.file) (fingerprint: \(try print(Self.key)))")
    #expect(host.files.linesIfPresent(Self.file) == ["git.example ssh-ed25519 \(Self.key)"])
    #expect(host.files.status(Self.file)?.mode == 0o644)
    #expect(scan.runs == [["ssh-keyscan", "-T", "5", "--", "git.example"]])
    #expect(try await call("present", named).comment == "git.example already exists in \(Self.file)")
    let wrong = try await call("present", ["fingerprint": "00:11"])
    #expect(
      wrong
        == StateResult(
          false, "Remote host public keys found but none of their fingerprints match the one you have provided"))
    let short = Fingerprint.short(try #require(SSHPublicKey(Self.key)))
    #expect(try await call("present", ["fingerprint": .string(short)]).comment.contains("already exists"))
  }

  @Test func withNeitherTheFirstAnswerCounts() async throws {
    let named: ValueMap = ["hash_known_hosts": false, "port": 2222, "timeout": 9, "enc": "ed25519"]
    let answer = ScriptedCommands([
      "ssh-keyscan": CommandResult(exit: 0, "[git.example]:2222 ssh-ed25519 \(Self.key)\n")
    ])
    let result = try await call("present", named, answer)
    #expect(result.comment == "git.example's ed25519 key saved to \(Self.file) (key: \(Self.key))")
    #expect(answer.runs == [["ssh-keyscan", "-p", "2222", "-t", "ed25519", "-T", "9", "--", "git.example"]])
    #expect(try await call("present", named, answer).comment == "git.example already exists in \(Self.file)")
    #expect(
      try await call("present", ["port": 2222], answer)
        == StateResult(false, "argument port can not be used in conjunction with argument hash_known_hosts"))
    let all = try await call("present", ["hash_known_hosts": false])
    #expect(all.comment == "git.example's key(s) saved to \(Self.file)")
    #expect(all.changes["new"]?.listValue?.count == 2)
  }

  @Test(
    arguments: [
      (["key": "AAAA", "fingerprint": "aa"], "Specify either \"key\" or \"fingerprint\", not both."),
      (["key": "AAAA"], "Required argument \"enc\" if using \"key\" argument."),
      (["config": "known"], "If not specifying a \"user\", specify an absolute \"config\"."),
      (["user": "nobody"], "User nobody does not exist"),
      (["name": "-oProxyCommand=x"], "'-oProxyCommand=x' is not the name or address of a host."),
      (["timeout": 0], "'timeout' is a number of seconds from 1 to 600, not 0."),
    ] as [(ValueMap, String)])
  func badArgumentsAreRefused(_ named: ValueMap, _ comment: String) async throws {
    for isTest in [true, false] {
      #expect(try await call("present", named, isTest: isTest) == StateResult(false, comment))
    }
    #expect(scan.runs.isEmpty)
  }

  @Test func aHostThatDoesNotAnswer() async throws {
    let silent = ScriptedCommands(["ssh-keyscan": CommandResult(exit: 1)])
    #expect(try await call("present", [:], silent) == StateResult(false, "Unable to receive remote host keys"))
    #expect(silent.runs.count == 5)
  }

  @Test func namesAreHashed() async throws {
    try host.files.makeDirectory("/etc/ssh")
    try host.files.write(Self.file, text: "# c\nother,192.0.2.1 ssh-rsa AAAA\n*.wild ssh-rsa AAAA\n")
    let result = try await call("present", ["key": .string(Self.key), "enc": "ssh-ed25519"])
    #expect(result.result == true)
    let lines = host.files.linesIfPresent(Self.file)
    #expect(lines.count == 5)
    #expect(lines[0] == "# c" && lines[3] == "*.wild ssh-rsa AAAA")
    #expect([1, 2, 4].allSatisfy { lines[$0].hasPrefix("|1|") })
    #expect(try await call("present", ["key": .string(Self.key), "enc": "ssh-ed25519"]).changes.isEmpty)
  }

  @Test func aHostIsForgotten() async throws {
    try host.files.makeDirectory("/etc/ssh")
    try host.files.write(Self.file, text: "a ssh-rsa AAAA\ngit.example ssh-rsa AAAA\n")
    #expect(
      try await call("absent", [:], isTest: true)
        == StateResult(nil, "Key for git.example is set to be removed from \(Self.file)"))
    let result = try await call("absent", [:])
    #expect(result.comment == "# Host git.example found: line 2\n\(Self.file) updated.")
    #expect(result.changes["old"]?[0]?["key"] == "AAAA")
    #expect(result.changes["new"] == .null)
    #expect(host.files.linesIfPresent(Self.file) == ["a ssh-rsa AAAA"])
    #expect(try await call("absent", [:]) == StateResult(true, "Host is already absent"))
  }
}
