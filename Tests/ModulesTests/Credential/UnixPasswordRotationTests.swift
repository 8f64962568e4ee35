import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Sealing
import Testing
import Value

@testable import Modules

@Suite struct UnixPasswordRotationTests {
  private let host: CredentialTestHost
  private let oldHash: String

  init() throws {
    host = try CredentialTestHost()
    oldHash = try #require(UnixCrypt.hash(Secret("old password"), scheme: .sha512))
    try host.writeShadow(oldHash)
  }

  private func working() -> ScriptedCommands { ScriptedCommands { [host] in host.chpasswd($0) } }

  private func rotate(_ context: FunctionContext, _ more: ValueMap = [:]) async throws -> Value {
    let named = ValueMap(
      [("kind", "unix-password"), ("user", "deploy")].map { (Value.string($0.0), Value.string($0.1)) }
        + more.map { $0 },
      uniquingKeysWith: { $1 })
    return try await host.call(CredentialFunctions.rotate, named, context)
  }

  @Test func setsAPasswordThatOnlyTheOperatorCanRead() async throws {
    let commands = working()
    let result = try await rotate(host.context(commands))
    #expect(result["result"] == "rotated")
    #expect(result["version"] == 1)
    #expect(
      result["phases"]
        == ["generated", "staged", "applied", "verified", "committed", "old-revoked"])
    let password = try host.open(result)
    #expect(password.count == 24)
    let stored = try host.shadowHash()
    #expect(stored.hasPrefix("$y$"))
    #expect(UnixCrypt.matches(Secret(password), hash: stored))
    #expect(!UnixCrypt.matches(Secret("old password"), hash: stored))
    #expect(commands.runs == [["chpasswd", "-e"]])
    #expect(try host.filesHolding(password) == [])
    #expect(!result.description.contains(password))
    #expect(!result.description.contains(stored))
  }

  @Test func leavesNoHashAndNoKeyInTheLedger() async throws {
    _ = try await rotate(host.context(working()))
    #expect(try host.filesHolding(oldHash) == [])
    #expect(try host.filesHolding(host.shadowHash()) == ["/etc/shadow"])
    let names = try host.files.entries(RotationLedger.defaultDirectory)
    #expect(!names.contains { $0.hasSuffix(".key") })
    #expect(host.files.status(RotationLedger.defaultDirectory)?.mode == 0o700)
    for name in names { #expect(host.files.status("\(RotationLedger.defaultDirectory)/\(name)")?.mode == 0o600) }
  }

  @Test func nothingIsDoneWithoutAKeyToSealTo() async throws {
    let commands = working()
    await #expect(throws: FunctionError.self) { try await rotate(host.context(commands, keys: [:])) }
    await #expect(throws: FunctionError.self) {
      try await rotate(host.context(commands, keys: ["bob": [1, 2, 3]]))
    }
    #expect(commands.runs.isEmpty)
    #expect(try host.shadowHash() == oldHash)
    #expect(!host.files.exists(RotationLedger.defaultDirectory))
  }

  @Test func testModeChangesNothing() async throws {
    let commands = working()
    let result = try await rotate(host.context(commands, isTest: true))
    #expect(result["result"] == "planned")
    #expect(commands.runs.isEmpty)
    #expect(!host.files.exists(RotationLedger.defaultDirectory))
  }

  @Test func sinceMakesItIdempotent() async throws {
    let first = try await rotate(host.context(working()))
    let commands = working()
    let second = try await rotate(host.context(commands), ["since": "2014-04-07"])
    #expect(second["result"] == "unchanged")
    #expect(second["fingerprint"] == first["fingerprint"])
    #expect(commands.runs.isEmpty)
    // A result that was lost does not lose the password.
    #expect(try host.open(second) == host.open(first))
    let third = try await rotate(host.context(commands), ["since": "2999-01-01T00:00:00Z"])
    #expect(third["result"] == "rotated")
    #expect(third["version"] == 2)
    #expect(third["previous_fingerprint"] == first["fingerprint"])
  }

  @Test func theSameJobTwiceRotatesOnce() async throws {
    let first = try await rotate(host.context(working(), jobID: "20260407120000000001"))
    let second = try await rotate(host.context(working(), jobID: "20260407120000000001"))
    #expect(second["version"] == first["version"])
    #expect(try host.open(second) == host.open(first))
  }

  @Test func aFailingChpasswdLeavesTheOldPassword() async throws {
    let commands = ScriptedCommands([
      "chpasswd -e": CommandResult(exit: 1, "", error: "chpasswd: cannot lock /etc/passwd")
    ])
    let error = await #expect(throws: FunctionError.self) { try await rotate(host.context(commands)) }
    #expect(error?.message.contains("rolled back") == true)
    #expect(error?.message.contains("cannot lock /etc/passwd") == true)
    #expect(try host.shadowHash() == oldHash)
    let status = try await host.call(CredentialFunctions.status, ["name": "deploy"], host.context(commands))
    #expect(status[0]?["phase"] == "rolled-back")
    #expect(status[0]?["sealed"] == [:])
    #expect(try await rotate(host.context(working()))["result"] == "rotated")
  }

  /// chpasswd says yes, but the file holds something else: the old hash is put back.
  @Test func aPasswordThatDoesNotVerifyIsRolledBack() async throws {
    let count = Counter()
    let commands = ScriptedCommands { [host] command in
      guard count.next() == 1 else { return host.chpasswd(command) }
      return CommandResult()
    }
    await #expect(throws: FunctionError.self) { try await rotate(host.context(commands)) }
    #expect(try host.shadowHash() == oldHash)
  }

  /// After a crash between the write-ahead and the end the same secret is set, not a second one.
  @Test func aRotationThatWasCutOffReusesItsSecret() async throws {
    let driver = RotationDriver(kind(host.context(working())), host.context(working()))
    try driver.ledger.prepare()
    let plan = try await driver.kind.plan()
    let material = try await driver.kind.generate(plan, version: 1)
    var entry = RotationEntry(
      kind: "unix-password", name: "deploy", version: 1, rotation: Rotation(phase: .staged),
      fingerprint: material.fingerprint, previousFingerprint: plan.previousFingerprint, startedAt: 1, jobID: "")
    entry.notes = material.notes.merging(plan.notes) { $1 }
    entry.pending = try driver.ledger.sealPending(material.secret, for: entry)
    try driver.ledger.record(entry)
    let password = material.secret.withBytes { String(decoding: $0, as: UTF8.self) }
    #expect(try host.filesHolding(password) == [])

    let result = try await rotate(host.context(working()))
    #expect(result["version"] == 1)
    #expect(result["fingerprint"] == .string(material.fingerprint))
    #expect(try host.open(result) == password)
    #expect(try host.filesHolding(password) == [])
  }

  @Test func somebodyElsesNewPasswordIsLeftInForce() async throws {
    let kind = kind(host.context(working()))
    let plan = try await kind.plan()
    var material = try await kind.generate(plan, version: 1)
    material.notes.merge(plan.notes) { $1 }
    let theirs = try #require(UnixCrypt.hash(Secret("theirs")))
    try host.writeShadow(theirs)
    await #expect(throws: FunctionError.self) { try await kind.apply(material) }
    try await kind.rollBack(material)
    #expect(try host.shadowHash() == theirs)
  }

  @Test(arguments: ["nobody-here", "de:ploy", "-e", "a\nroot", ""])
  func anAccountThatIsNoneIsRefused(_ user: String) async throws {
    let commands = working()
    await #expect(throws: FunctionError.self) {
      try await host.call(
        CredentialFunctions.rotate, ["kind": "unix-password", "user": .string(user)], host.context(commands))
    }
    #expect(commands.runs.isEmpty)
  }

  @Test func aLockedAccountStaysLockedUnlessAskedFor() async throws {
    let commands = working()
    await #expect(throws: FunctionError.self) { try await rotate(host.context(commands), ["user": "deploy2"]) }
    let result = try await rotate(host.context(commands), ["user": "deploy2", "unlock": true])
    #expect(result["result"] == "rotated")
    #expect(result["previous_fingerprint"] == .null)
  }

  @Test func theListShowsOrphansLoudly() async throws {
    // The new hash is set, verification fails, and every attempt to put the old one back fails.
    let count = Counter()
    let commands = ScriptedCommands { [host] command in
      guard count.next() == 1 else { return CommandResult(exit: 1, "", error: "disk full") }
      let result = host.chpasswd(command)
      try? host.files.write("/etc/spoil", text: "")
      return result
    }
    let context = host.context(commands)
    let failing = FailingVerification(kind(context))
    await #expect(throws: FunctionError.self) { try await RotationDriver(failing, context).rotate(RotationRequest()) }
    let list = try await host.call(CredentialFunctions.list, [:], context)
    #expect(list["orphaned"] == ["deploy"])
    #expect(list["rotations"]?[0]?["orphaned"] == true)
    let again = await #expect(throws: FunctionError.self) { try await rotate(host.context(working())) }
    #expect(again?.message.contains("ORPHANED") == true)
    await #expect(throws: FunctionError.self) { try await rotate(host.context(working()), ["retry": true]) }
    #expect(try host.shadowHash() == oldHash)
  }

  private func kind(_ context: FunctionContext) -> UnixPasswordRotation {
    UnixPasswordRotation(user: "deploy", length: 24, scheme: .yescrypt, mayUnlock: false, context: context)
  }
}
