import Store
import Testing
import Value
import Wire

@testable import Master

/// I4: a minion that has not ended has a state and a reason that a person understands.
@Suite struct OutcomeValueTests {
  private static let now = Moment(microseconds: 1_795_521_600_000_000)

  private func reason(_ events: [MinionJob.Event], isOnline: Bool, lastSeen: Double?) throws -> [Value?] {
    let id = JobID(microseconds: Self.now.microseconds)
    let stored = StoredJob(
      id: id, created: Self.now, operatorName: "anna",
      request: JobRequest(target: TargetSpecification(kind: "glob", expression: "*"), function: "test.ping"),
      minions: [], expires: Self.now + 3600, order: JobOrder(id: id, function: "test.ping", expires: Self.now + 3600))
    var job = MinionJob(expires: Self.now + 3600, deadline: 0)
    for event in events { _ = job.on(event, isOnline: true, mayStart: true, now: Self.now + -40) }
    let value = OutcomeValue.open(
      try #require(MinionID("web1")), job, of: stored, isOnline: isOnline, lastSeen: lastSeen.map { Self.now + $0 },
      Self.now)
    return [value["state"], value["reason"]]
  }

  @Test func whereItIs() throws {
    #expect(
      try reason([], isOnline: false, lastSeen: -3480) == ["queued", "offline since 11:02:00, expires 13:00:00"])
    #expect(try reason([], isOnline: false, lastSeen: nil) == ["queued", "never seen, expires 13:00:00"])
    #expect(try reason([], isOnline: true, lastSeen: 0) == ["queued", "waits for its turn, expires 13:00:00"])
    #expect(
      try reason([.orderSent(true)], isOnline: true, lastSeen: 0) == ["queued", "sent, not confirmed for 40 s"])
    #expect(try reason([.accepted], isOnline: true, lastSeen: 0) == ["delivered", "waits on the host for 40 s"])
    #expect(try reason([.started], isOnline: true, lastSeen: 0) == ["running", "for 40 s"])
    #expect(
      try reason([.started], isOnline: false, lastSeen: -30)
        == ["running", "for 40 s, offline since 11:59:30"])
  }
}
