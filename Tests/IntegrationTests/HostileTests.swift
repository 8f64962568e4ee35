import Glibc
import HostSystem
import Identity
import Minion
import OrderedCollections
import TestSupport
import Testing
import Value
import Wire
import ZeroMQ

/// Peers that send what they should not, on each socket: they get nothing, and everybody else goes on.
@Suite(.serialized) struct HostileTests {
  /// Frames that no message of ours is, for a peer that is let in.
  private static let bodies: [[UInt8]] = [
    [], [0xC1], Array("GET / HTTP/1.1\r\n\r\n".utf8), [UInt8](repeating: 0, count: 1000),
    // Truncated: a list of three that ends after the first.
    [0x93, 0x01],
    // Says that 4 GB of entries follow, and nests without end.
    [0xDD, 0xFF, 0xFF, 0xFF, 0xFF], [UInt8](repeating: 0x91, count: 1500),
    MessagePackWriter.encode([1, 999, [:]]), MessagePackWriter.encode([99, 1, [:]]),
    MessagePackWriter.encode(["one", 1, [:]]), MessagePackWriter.encode([1, 1, [1, 2, 3]]),
    MessagePackWriter.encode([1, 7, ["job": "../../etc/passwd", "outcome": "returned"]]),
    MessagePackWriter.encode([1, 1, ["id": "../web1", "version": "1", "clock": 0]]),
  ]

  private func expectGood(_ fleet: Fleet, _ what: String) async throws {
    let start = ContinuousClock.now
    let result = try await fleet.brine("run", "web1", "test.ping", "--out", "json", "--timeout", "10")
    #expect(result.exitCode == 0, "after \(what): \(result.errorText)")
    #expect(try fleet.json(result) == ["web1": true], "after \(what)")
    #expect(ContinuousClock.now - start < .seconds(5), "after \(what)")
  }

  @Test(.timeLimit(.minutes(2))) func survivesGarbageOnTheFleetSocket() async throws {
    try await withFleet(minions: 1) { fleet in
      let (client, _) = try await fleet.impostor("evil")
      // Before it said hello, and after.
      try await client.connected()
      for body in Self.bodies { await client.send(body) }
      try await expectGood(fleet, "garbage before hello")
      let (second, keys) = try await fleet.impostor("evil2")
      #expect(try await second.greet() == "evil2")
      for body in Self.bodies { await second.send(body) }
      await second.send([[1], [2], [3]])
      await second.send([[UInt8]](repeating: [0], count: 5000))
      // Truncated in every place, and with each byte turned.
      let good = MinionMessage.started(JobID(microseconds: 0)).encoded()
      for length in 0..<good.count { await second.send(Array(good.prefix(length))) }
      for place in good.indices {
        var bytes = good
        bytes[place] ^= 0xFF
        await second.send(bytes)
      }
      try await expectGood(fleet, "garbage after hello")
      // Over the limit: the connection goes, nobody else's does.
      let big = try TestClient(await fleet.fleetEndpoint, keys: keys, server: try fleet.masterKey())
      _ = try await big.greet()
      await big.send([UInt8](repeating: 0x41, count: MinionMessage.maximumSize + 1))
      try await expectGood(fleet, "an oversized frame")
      #expect(fleet.logHas(fleet.masterLog, "cannot be read was dropped"))
    }
  }

  @Test(.timeLimit(.minutes(2))) func survivesGarbageOnTheOtherSockets() async throws {
    try await withFleet { fleet in
      let stranger = CurveKeyPair.generate()
      let enrol = try TestClient(await fleet.enrolEndpoint, keys: stranger, server: try fleet.masterKey())
      try await enrol.connected()
      for body in Self.bodies { await enrol.send(body) }
      await enrol.send([[UInt8]](repeating: [0], count: 100))
      #expect(await enrol.receive(within: .milliseconds(300)) == nil)
      await enrol.send([UInt8](repeating: 0x41, count: 5000))
      try await expectGood(fleet, "garbage on enrol")

      let person = try fleet.operatorIdentity()
      let client = try TestClient(fleet.operatorEndpoint, keys: person.keys, server: person.masterKey)
      try await client.connected()
      var answers = 0
      for body in Self.bodies {
        await client.send(body)
        guard let bytes = await client.receive() else { continue }
        answers += 1
        guard case .refused(let refusal) = try OperatorReply(decoding: bytes).body else {
          Issue.record("garbage was answered with something else than a refusal")
          continue
        }
        #expect(refusal.code == .badRequest)
      }
      #expect(answers == Self.bodies.count)
      await client.send([UInt8](repeating: 0x41, count: 5 << 20))
      // Not an operator: not even an answer.
      let outsider = try TestClient(fleet.operatorEndpoint, keys: stranger, server: person.masterKey)
      #expect(try await outsider.outcome() == .refused)

      // Not ZeroMQ at all, and ZeroMQ that stops in the middle.
      for port in [await fleet.fleetPort, await fleet.enrolPort] {
        for bytes in [Array("GET / HTTP/1.1\r\n\r\n".utf8), [UInt8](repeating: 0xFF, count: 4096)] {
          let connection = try RawConnection(port: port)
          connection.send(bytes)
        }
        for length in [1, 10, 12, 63, 64] {
          let connection = try RawConnection(port: port)
          connection.send(Array(RawConnection.greeting.prefix(length)))
        }
        let connection = try RawConnection(port: port)
        connection.send(RawConnection.greeting + [0x04, 0xC8, 0x05] + Array("HELLO".utf8))
      }
      let local = try RawConnection(path: "\(fleet.masterDirectory)/run/operators.sock")
      local.send([UInt8](repeating: 0, count: 4096))
      try await expectGood(fleet, "garbage on all sockets")
    }
  }

  @Test(.timeLimit(.minutes(2))) func letsNobodySpeakForAnother() async throws {
    try await withFleet { fleet in
      let (client, _) = try await fleet.impostor("evil")
      #expect(try await client.greet() == "evil")
      // Grains that say it is another; the one it is stays in front.
      await client.send(
        MinionMessage.grains(["id": "web1", "grains_digest": "x", "kernel": "Linux", "roles": ["db"]]).encoded())
      let rows = try await eventually("its grains") { () -> [Value]? in
        let result = try await fleet.brine("grains", "query", "--where", "roles=db", "--columns", "id", "--out", "json")
        return result.isSuccess ? try fleet.json(result).listValue : nil
      }
      #expect(rows.map { $0["id"] } == ["evil"])
      let named = try await fleet.brine("run", "-G", "id:web1", "test.ping", "--out", "json")
      #expect(try fleet.json(named) == ["web1": true])

      // A result for a job that was published to another.
      let job = try await fleet.start("web1", "cmd.run", "sleep 1; echo mine")
      let id = try #require(JobID(job))
      let lie = JobResult(
        id: id, outcome: .returned, encodedValue: MessagePackWriter.encode("lie"), started: .now(), ended: .now())
      for message in [MinionMessage.accepted(id), .started(id), .progress(id, "lie"), .result(lie)] {
        await client.send(message.encoded())
      }
      let record = try await fleet.awaitState(job, on: "web1", "returned", "failed")
      #expect(record["return"] == "mine")
      #expect(try await fleet.results(job).count == 1)
      // Again once the job is complete.
      await client.send(MinionMessage.result(lie).encoded())
      try await expectGood(fleet, "lies")
      #expect(try await fleet.results(job).count == 1)
      #expect(try await fleet.state(job, "web1") == "returned")
      #expect(fleet.logHas(fleet.masterLog, "not published to it was dropped"))
    }
  }

  @Test(.timeLimit(.minutes(2))) func listensOnlyToAcceptedKeys() async throws {
    try await withFleet { fleet in
      let stranger = try TestClient(await fleet.fleetEndpoint, keys: .generate(), server: try fleet.masterKey())
      #expect(try await stranger.outcome() == .refused)
      #expect(await stranger.receive(within: .milliseconds(300)) == nil)
      // A minion's key is not an operator's, nor the other way round.
      let person = try fleet.operatorIdentity()
      let minion = try MinionKey.load(directory: fleet.minionDirectory("web1"))
      let asOperator = try TestClient(fleet.operatorEndpoint, keys: minion, server: person.masterKey)
      #expect(try await asOperator.outcome() == .refused)
      let asMinion = try TestClient(await fleet.fleetEndpoint, keys: person.keys, server: person.masterKey)
      #expect(try await asMinion.outcome() == .refused)

      // Revoked while it holds a job: what it says afterwards does not count.
      let (client, _) = try await fleet.impostor("evil")
      _ = try await client.greet()
      let job = try await fleet.start("evil", "test.ping")
      let id = try #require(JobID(job))
      try await client.master { if case .job(let order) = $0, order.id == id { true } else { nil } }
      await client.send(MinionMessage.accepted(id).encoded())
      try await fleet.awaitState(job, on: "evil", "delivered")
      async let revocation = fleet.brine("keys", "revoke", "evil")
      try await client.master { if case .revoked = $0 { true } else { nil } }
      let result = JobResult(
        id: id, outcome: .returned, encodedValue: MessagePackWriter.encode(true), started: .now(), ended: .now())
      for _ in 0..<20 {
        await client.send(MinionMessage.result(result).encoded())
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(try await revocation.exitCode == 0)
      #expect(try await fleet.state(job, "evil") == "interrupted")
      try await expectGood(fleet, "a revocation")
    }
  }

  @Test(.timeLimit(.minutes(2))) func staysUpUnderAStormAtItsDoor() async throws {
    try await withFleet { fleet in
      let port = await fleet.enrolPort
      let answered = Task {
        var slowest = Duration.zero
        for _ in 0..<5 {
          let start = ContinuousClock.now
          let result = try await fleet.brine("run", "web1", "test.ping", "--out", "quiet", "--timeout", "10")
          guard result.isSuccess else { throw TestFailure("test.ping failed in the storm: \(result.errorText)") }
          slowest = max(slowest, ContinuousClock.now - start)
          try await Task.sleep(for: .milliseconds(100))
        }
        return slowest
      }
      // 2,000 connections, some silent, some with half a greeting, 200 at a time.
      for _ in 0..<10 {
        try Self.openAndDrop(200, port: port)
        await Task.yield()
      }
      #expect(try await answered.value < .seconds(2))
      // The door itself works again.
      let join = try await fleet.join("web2", word: try await fleet.invite())
      #expect(join.exitCode == 0, "\(join.errorText)")
    }
  }

  private static func openAndDrop(_ count: Int, port: Int) throws {
    var descriptors: [Int32] = []
    defer { for descriptor in descriptors { close(descriptor) } }
    for number in 0..<count {
      let descriptor = try RawConnection(port: port).release()
      descriptors.append(descriptor)
      let bytes = RawConnection.greeting.prefix(number % 65)
      if !bytes.isEmpty { _ = Glibc.send(descriptor, Array(bytes), bytes.count, Int32(MSG_NOSIGNAL)) }
    }
  }
}
