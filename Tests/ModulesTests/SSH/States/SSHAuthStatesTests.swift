import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments and changes are Salt 3008's.
@Suite struct SSHAuthStatesTests {
  static let rsa = "AAAAB3NzaC1yc2EAAAADAQABAAAAgQ=="
  static let edwards = "AAAAC3NzaC1lZDI1NTE5AAAAIFaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  private let host: StateTestHost
  private let file = "/home/eve/.ssh/authorized_keys"

  init() throws {
    host = try StateTestHost()
    try host.files.write(
      "/etc/passwd", text: "eve:x:\(getuid()):\(getgid())::/home/eve:/bin/sh\ngone:x:77:77::/home/gone:/bin/sh\n")
    try host.files.makeDirectory("/home/eve")
    try host.files.write("/srv/salt/keys", text: "ssh-rsa \(Self.rsa) c1\nno-pty ssh-ed25519 \(Self.edwards) c2\n")
    try host.files.write("/srv/salt/none", text: "nothing\n")
  }

  private func call(_ function: String, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await host.call(
      SSHAuthStates.all, "ssh_auth.\(function)", named.merging(["user": "eve"]) { own, _ in own }, isTest: isTest)
  }

  @Test func aKeyIsAddedThenThereThenUpdated() async throws {
    let named: ValueMap = ["name": .string(Self.rsa), "comment": "one two", "options": ["from=\"a,b\"", "no-pty"]]
    #expect(
      try await call("present", named, isTest: true)
        == StateResult(nil, "Key \(Self.rsa) for user eve is set to be added"))
    #expect(!host.files.exists("/home/eve/.ssh"))
    #expect(
      try await call("present", named)
        == StateResult(
          true, "The authorized host key \(Self.rsa) for user eve was added", changes: [.string(Self.rsa): "New"]))
    #expect(host.files.status("/home/eve/.ssh")?.mode == 0o700)
    #expect(host.files.status(file)?.mode == 0o600)
    #expect(try host.files.readText(file) == "from=\"a,b\",no-pty ssh-rsa \(Self.rsa) one two\n")
    let there = StateResult(true, "The authorized host key \(Self.rsa) is already present for user eve")
    #expect(try await call("present", named) == there)
    #expect(try await call("present", named, isTest: true) == there)
    let line: ValueMap = ["name": .string("ssh-rsa \(Self.rsa) other")]
    #expect(
      try await call("present", line, isTest: true).comment == "Key \(Self.rsa) for user eve is set to be updated")
    #expect(try await call("present", line).changes == [.string(Self.rsa): "Updated"])
    #expect(try host.files.readText(file) == "ssh-rsa \(Self.rsa) other\n")
  }

  @Test(
    arguments: [
      (["name": "ssh-rsa !!!! foo"], "Invalid public ssh key, most likely has spaces or invalid syntax"),
      (
        ["name": "AAAA", "user": "nobodythere"],
        "Failed to add the ssh key. Is the home directory available, and/or does the key file exist?"
      ),
      (
        ["name": "AAAA", "user": "gone"],
        "Failed to add the ssh key. Is the home directory available, and/or does the key file exist?"
      ),
      (["name": "x", "source": "salt://missing"], "Failed to add the ssh key. Source file salt://missing is missing"),
      (["name": "x", "source": "salt://none"], "No keys detected in salt://none. Is file properly formatted?"),
      (
        ["name": "AAAA", "enc": "foo"],
        "Incorrect encryption key type 'foo'.\nSuch as ed25519, ecdsa or ssh-rsa."
      ),
      (["name": "AAAA", "config": "%x"], "AuthorizedKeysFile path: unknown token character \"%x\""),
      (["name": "AAAA", "comment": "a\nb"], "'comment' of a key has to be one line without control characters."),
    ] as [(ValueMap, String)])
  func badArgumentsAreRefused(_ named: ValueMap, _ comment: String) async throws {
    #expect(try await call("present", named) == StateResult(false, comment))
    #expect(!host.files.exists(file))
  }

  @Test func keysOfAFile() async throws {
    let named: ValueMap = ["name": "from file", "source": "salt://keys", "config": "%h/keys/%u"]
    #expect(
      try await call("present", named, isTest: true)
        == StateResult(nil, "Set to add: \(Self.rsa)\nSet to add: \(Self.edwards)\n"))
    #expect(try await call("present", named).changes == ["from file": "New"])
    #expect(
      host.files.linesIfPresent("/home/eve/keys/eve")
        == ["ssh-rsa \(Self.rsa) c1", "no-pty ssh-ed25519 \(Self.edwards) c2"])
    #expect(
      try await call("present", named, isTest: true)
        == StateResult(true, "All host keys in file salt://keys are already present"))
    #expect(
      try await call("absent", named, isTest: true)
        == StateResult(nil, "Set to remove: \(Self.rsa)\nSet to remove: \(Self.edwards)\n"))
    #expect(
      try await call("absent", named) == StateResult(true, "Key removed", changes: ["from file": "Removed"]))
    #expect(try await call("absent", named) == StateResult(true, "Key not present"))
  }

  @Test func aKeyIsRemoved() async throws {
    try host.files.makeDirectory("/home/eve/.ssh")
    try host.files.write(file, text: "odd line\nssh-rsa \(Self.rsa) x\n", mode: 0o640)
    let named: ValueMap = ["name": .string("ssh-rsa \(Self.rsa)")]
    #expect(
      try await call("absent", named, isTest: true)
        == StateResult(nil, "Key \(Self.rsa) for user eve is set for removal"))
    #expect(
      try await call("absent", named)
        == StateResult(true, "Key removed", changes: [.string(Self.rsa): "Removed"]))
    #expect(try host.files.readText(file) == "odd line\n")
    #expect(host.files.status(file)?.mode == 0o640)
    #expect(try await call("absent", named) == StateResult(true, "Key not present"))
    #expect(try await call("absent", named, isTest: true) == StateResult(true, "Key is already absent"))
  }

  @Test func onlyTheseKeys() async throws {
    try host.files.makeDirectory("/home/eve/.ssh")
    try host.files.write(file, text: "# c\nssh-rsa \(Self.rsa) old\nssh-rsa AAAA m\n")
    let named: ValueMap = ["ssh_keys": [.string("ssh-ed25519 \(Self.edwards) new"), "ssh-rsa AAAA m"]]
    let planned = try await call("manage", named, isTest: true)
    #expect(planned.result == nil)
    #expect(planned.comment.hasPrefix("\(Self.rsa) Key set for removal\nKey \(Self.edwards) for user eve is set to"))
    #expect(
      try await call("manage", named)
        == StateResult(
          true, "The authorized host key AAAA is already present for user eve",
          changes: [.string(Self.rsa): "Key removed", .string(Self.edwards): "New"]))
    #expect(host.files.linesIfPresent(file) == ["# c", "ssh-rsa AAAA m", "ssh-ed25519 \(Self.edwards) new"])
    #expect(try await call("manage", named).changes.isEmpty)
  }

  @Test(.enabled(if: geteuid() == 0)) func noLinkOfTheUserIsFollowed() async throws {
    try host.files.makeDirectory("/root/.ssh")
    try host.files.write("/root/.ssh/authorized_keys", text: "ssh-rsa AAAA root\n")
    try host.files.write("/etc/passwd", text: "eve:x:4711:4711::/home/eve:/bin/sh\n")
    chown(host.files.resolve("/home/eve"), 4711, 4711)
    symlink(host.files.resolve("/root/.ssh"), host.files.resolve("/home/eve/.ssh"))
    lchown(host.files.resolve("/home/eve/.ssh"), 4711, 4711)
    for function in ["present", "absent"] {
      let result = try await call(function, ["name": "AAAA"])
      #expect(result.result == false)
      #expect(result.comment.contains("/home/eve/.ssh is a symbolic link"))
    }
    #expect(try host.files.readText("/root/.ssh/authorized_keys") == "ssh-rsa AAAA root\n")
  }

  @Test func functions() async throws {
    func function(_ name: String, _ words: Value..., named: ValueMap = [:]) async throws -> Value {
      let context = host.context(ScriptedCommands([:]), isTest: false, chunk: [:]).functions
      return try await FunctionRegistry(SSHFunctions.all).call(
        "ssh.\(name)", CallArguments(words, named: named), context)
    }
    #expect(try await function("auth_keys", "eve") == [:])
    #expect(
      try await function("set_auth_key", "eve", "AAAA", named: ["enc": "ed25519", "options": "a,b=\"c,d\""]) == "new")
    #expect(try await function("set_auth_key", "eve", "AAAA extra") == "invalid")
    #expect(try await function("check_key", "eve", "AAAA", "ed25519", "", ["a", "b=\"c,d\""]) == "exists")
    #expect(try await function("check_key", "eve", "AAAA", "ed25519", "x", []) == "update")
    let keys = try await function("auth_keys", "eve", named: ["fingerprint_hash_type": "md5"])
    #expect(
      keys == [
        "AAAA": [
          "enc": "ssh-ed25519", "comment": "", "options": ["a", "b=\"c,d\""],
          "fingerprint": "69:3e:9a:f8:4d:3d:fc:c7:1e:64:0e:00:5b:dc:5e:2e",
        ]
      ])
    #expect(try await function("auth_keys", ["eve", "gone"])["eve"]?["AAAA"] != nil)
    #expect(try await function("check_key_file", "eve", "salt://keys")[Self.rsa] == "add")
    #expect(try await function("set_auth_key_from_file", "eve", "salt://keys") == "new")
    #expect(try await function("rm_auth_key_from_file", "eve", "salt://keys") == "Key removed")
    #expect(try await function("rm_auth_key", "eve", "AAAA") == "Key removed")
    try host.files.write("/home/eve/.ssh/id_rsa", text: "-----BEGIN RSA PRIVATE KEY-----\nx\n")
    try host.files.write("/home/eve/.ssh/id_rsa.pub", text: "ssh-rsa AAAA x\n")
    #expect(
      try await function("user_keys", "eve") == ["eve": ["id_rsa.pub": "ssh-rsa AAAA x", "id_rsa": "**********"]])
    #expect(
      try await function("user_keys", "eve", named: ["pubfile": "id_rsa", "prvfile": false])["eve"] == [
        "id_rsa": "**********"
      ])
    try host.files.makeDirectory("/etc/ssh")
    for name in ["ssh_host_rsa_key", "ssh_host_rsa_key.pub", "ssh_host_rsa_key-cert.pub", "sshd_config"] {
      try host.files.write("/etc/ssh/\(name)", text: "\(name)\n")
    }
    #expect(
      try await function("host_keys", named: ["certs": false])
        == ["rsa": "**********", "rsa.pub": "ssh_host_rsa_key.pub"])
    #expect(try await function("host_keys", named: ["private": false])["rsa"] == nil)
    #expect(try await function("key_is_encrypted", "/home/eve/.ssh/id_rsa") == false)
  }
}
