import Glibc
import HostSystem
import Identity
import TestSupport
import Testing
import Value
import Wire
import ZeroMQ

/// How hosts come into the fleet, and how they are kept or thrown out of it.
@Suite(.serialized) struct EnrolmentTests {
  @Test(.timeLimit(.minutes(2))) func refusesBadInvitationsWithACure() async throws {
    try await withFleet(minions: 0) { fleet in
      func expectRefusal(_ id: String, _ word: String, _ sentence: String, code: Int32 = 1) async throws {
        let result = try await fleet.join(id, word: word)
        #expect(result.exitCode == code, "\(id): \(result.outputText)")
        #expect(result.errorText.contains(sentence), "\(id): \(result.errorText)")
        #expect(
          !HostFiles().linesIfPresent("\(fleet.minionDirectory(id))/minion.yaml").contains { $0.hasPrefix("id:") })
      }
      let word = try await fleet.invite()
      let short = try await fleet.invite(ttl: "1s")
      try await expectRefusal("cut", String(word.dropLast()), "is no invitation", code: 2)
      let invented = Invitation(masterKey: try fleet.masterKey(), secret: Secret([UInt8](repeating: 7, count: 20))).word
      try await expectRefusal("invented", invented, "does not know this invitation")
      #expect(try await fleet.join("first", word: word).exitCode == 0)
      try await expectRefusal("second", word, "used as often as it may")
      try await expectRefusal("web1", try await fleet.invite(id: "db*"), "for ids like 'db*'")
      try await Task.sleep(for: .seconds(1))
      try await expectRefusal("late", short, "expired at")
      try await expectRefusal("..", try await fleet.invite(), "may not be", code: 2)
      let skewed = try await fleet.enrol(
        "skewed", keys: .generate(), word: try await fleet.invite(), clock: .now() + 3600)
      #expect(skewed.verdict == .refused)
      #expect(skewed.message.contains("clock") && skewed.message.contains("ahead"))
      // What was refused left nothing behind, and the same key joining again is no second use.
      #expect(Set(try await fleet.keys().compactMap { $0["id"]?.stringValue }) == ["first"])
      #expect(try await fleet.join("first", word: word).exitCode == 0)
    }
  }

  @Test(.timeLimit(.minutes(2))) func parksASecondKeyOfAnID() async throws {
    try await withFleet { fleet in
      let second = try await fleet.join("web1", word: try await fleet.invite(), in: "other")
      #expect(second.exitCode == 1)
      #expect(second.errorText.contains("the id 'web1' belongs to another key"))
      #expect(try await fleet.statuses(of: "web1") == ["accepted", "denied"])
      #expect(fleet.logHas(fleet.masterLog, "CRITICAL"))
      #expect(fleet.logHas(fleet.masterLog, "a second key claims the id web1"))
      // By glob a denied key is never let in.
      #expect(try await fleet.brine("keys", "accept", "--all").exitCode == 3)
      #expect(try await fleet.brine("keys", "accept", "web1").exitCode == 2)
      #expect(try await fleet.brine("run", "web1", "test.ping").exitCode == 0)
      #expect(try await fleet.brine("keys", "reject", "web1").exitCode == 0)
      #expect(try await fleet.statuses(of: "web1") == ["accepted", "rejected"])
    }
  }

  @Test(.timeLimit(.minutes(2))) func waitsForAPersonWithoutAnInvitation() async throws {
    try await withFleet { fleet in
      let key = ["--master-key", try fleet.masterKey().description]
      for id in ["web2", "web3"] {
        let pending = try await fleet.join(id, key)
        #expect(pending.exitCode == 0)
        #expect((pending.outputText + pending.errorText).contains("brine keys accept \(id)"))
        #expect(try await fleet.statuses(of: id) == ["pending"])
      }
      // Started before it is accepted: refused for now, and let in as soon as it is.
      try await fleet.startMinion("web2")
      try await eventually("the minion says why it waits") {
        fleet.logHas(fleet.minionLog("web2"), "refuses this host's key")
      }
      #expect(try await fleet.brine("run", "web2", "test.ping").exitCode == 3)
      #expect(try await fleet.brine("keys", "accept", "web2").exitCode == 0)
      try await fleet.awaitOnline(["web2"])
      #expect(try await fleet.brine("run", "web2", "test.ping", "--timeout", "10").exitCode == 0)
      #expect(try await fleet.brine("keys", "reject", "web3").exitCode == 0)
      let rejected = try await fleet.join("web3", key)
      #expect(rejected.exitCode == 1)
      #expect(rejected.errorText.contains("this host's key was rejected"))
    }
  }

  @Test(.timeLimit(.minutes(2))) func cutsARevokedHostOffAtOnce() async throws {
    try await withFleet(minions: 2) { fleet in
      let running = try await fleet.start("web2", "cmd.run", "sleep 1; echo done")
      try await fleet.awaitState(running, on: "web2", "running", "delivered")
      #expect(try await fleet.brine("keys", "revoke", "web2").exitCode == 0)
      let ping = try await fleet.brine("run", "*", "test.ping", "--out", "json", "--timeout", "10")
      #expect(try fleet.json(ping) == ["web1": true])
      #expect(try await fleet.brine("run", "web2", "test.ping").exitCode == 3)
      // Its running job has an end all the same, and what it says later is not believed.
      try await fleet.awaitState(running, on: "web2", "interrupted", within: .seconds(2))
      try await eventually("the minion says that it was thrown out") {
        fleet.logHas(fleet.minionLog("web2"), "thrown this host out")
      }
      try await Task.sleep(for: .seconds(2))
      #expect(try await fleet.state(running, "web2") == "interrupted")
      #expect(try await fleet.statuses(of: "web2") == ["revoked"])
      let again = try await fleet.join("web2", word: try await fleet.invite())
      #expect(again.exitCode == 1)
      #expect(again.errorText.contains("this host's key was revoked"))
      // Accepted again by name, it comes back by itself.
      #expect(try await fleet.brine("keys", "accept", "web2").exitCode == 0)
      try await fleet.awaitOnline(["web2"])
    }
  }

  @Test(.timeLimit(.minutes(2))) func tellsAnotherMasterFromItsOwn() async throws {
    try await withFleet { fleet in
      let files = HostFiles()
      async let nobody = Self.joinNobody(fleet)
      let word = try await fleet.invite()
      try files.makeDirectory("\(fleet.directory)/former", mode: 0o700)
      await fleet.stopMaster()
      try files.rename("\(fleet.masterDirectory)/operator.key", to: "\(fleet.directory)/former/operator.key")
      for name in ["master.key", "master.pub"] { try files.remove("\(fleet.masterDirectory)/\(name)") }
      try files.removeTree("\(fleet.masterDirectory)/state")
      try await fleet.startMaster()

      let join = try await fleet.join("web2", word: word)
      #expect(join.exitCode == 1)
      #expect(join.errorText.contains("does not hold the key of this invitation"))
      try await eventually("the minion tells the changed key") {
        fleet.logHas(fleet.minionLog("web1"), "is not the master whose key was pinned")
      }
      let former = try await fleet.brine("keys", "list", config: "\(fleet.directory)/former")
      #expect(former.exitCode == 6)
      #expect(former.errorText.contains("is not the master with the key we know"))

      let result = try await nobody
      #expect(result.exitCode == 1)
      #expect(result.errorText.contains("Nothing answers at tcp://127.0.0.1:1"))
      let stranger = try await fleet.run([Programs.minion, "run", "--config", "\(fleet.directory)/stranger"])
      #expect(stranger.exitCode == 2)
      #expect(stranger.errorText.contains("has not joined"))
    }
  }

  private static func joinNobody(_ fleet: Fleet) async throws -> CommandResult {
    try await fleet.run([
      Programs.minion, "--config", fleet.minionDirectory("nobody"), "join", "tcp://127.0.0.1:1",
      Invitation(masterKey: CurveKeyPair.generate().publicKey, secret: Secret([UInt8](repeating: 1, count: 20))).word,
      "--id", "nobody",
    ])
  }
}
