import Master
import TestSupport
import Testing
import Wire

/// A job's life on one minion as transcripts: these events, then these actions.
@Suite struct MinionJobTests {
  typealias Event = MinionJob.Event
  typealias Action = MinionJob.Action

  static let start = Moment(microseconds: 1_795_521_600_000_000)
  /// It expires after 100 s and may run for 50 s.
  static let expiry = 100.0
  static let deadline: Int64 = 50
  static let lost = Action.record(
    .interrupted, reason: "the minion has been silent since; what became of the job is not known", assumed: true)
  static let expired = Action.record(.expired, reason: "the minion was not there before it expired", assumed: true)

  /// One event at a time in seconds, and what has to come of it.
  struct Step: Sendable {
    var time: Double
    var event: Event
    var isOnline: Bool
    var mayStart: Bool
    var actions: [Action]

    init(_ time: Double, _ event: Event, online: Bool = true, mayStart: Bool = true, _ actions: Action...) {
      self.time = time
      self.event = event
      isOnline = online
      self.mayStart = mayStart
      self.actions = actions
    }
  }

  struct Transcript: Sendable, CustomStringConvertible {
    var description: String
    var steps: [Step]
    var phase: MinionJob.Phase
  }

  static func at(_ seconds: Double) -> Moment { start + seconds }

  static let transcripts: [Transcript] = [
    Transcript(
      description: "the usual way",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .accepted), Step(2, .started),
        Step(3, .result(.returned), .commitResult),
      ], phase: .running(at(2))),
    Transcript(
      description: "sent once only", steps: [Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .tick)],
      phase: .sent(at(0))),
    Transcript(
      description: "a minion that is there and takes nothing does not keep a job open",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(159, .tick),
        Step(160, .tick, .record(.expired, reason: "the minion is there and has not taken it", assumed: true)),
        Step(161, .result(.refused), .commitResult),
      ], phase: .ended(.expired)),
    Transcript(
      description: "a send that fails is tried again",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(false)), Step(1, .tick, .sendOrder), Step(1, .orderSent(true)),
      ], phase: .sent(at(1))),
    Transcript(
      description: "an absent minion waits, and gets it when it comes",
      steps: [
        Step(0, .tick, online: false), Step(99, .tick, online: false),
        Step(99.5, .minionJoined(holds: false, isRunning: false), .sendOrder),
      ], phase: .queued),
    Transcript(
      description: "an absent minion's job expires",
      steps: [Step(99.9, .tick, online: false), Step(100, .tick, online: false, expired)], phase: .ended(.expired)),
    Transcript(
      description: "it expires also when its turn does not come", steps: [Step(100, .tick, mayStart: false, expired)],
      phase: .ended(.expired)),
    Transcript(
      description: "who comes at the moment of expiry comes too late",
      steps: [Step(100, .minionJoined(holds: false, isRunning: false), expired)], phase: .ended(.expired)),
    Transcript(
      description: "a batch makes it wait",
      steps: [
        Step(0, .tick, mayStart: false), Step(1, .minionJoined(holds: false, isRunning: false), mayStart: false),
        Step(2, .tick, .sendOrder),
      ], phase: .queued),
    Transcript(
      description: "sent over a connection that broke: the minion has it",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .minionLeft),
        Step(5, .minionJoined(holds: true, isRunning: false)),
      ], phase: .delivered(at(5))),
    Transcript(
      description: "sent over a connection that broke: the minion never got it",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .minionLeft),
        Step(5, .minionJoined(holds: false, isRunning: false), .sendOrder), Step(5, .orderSent(true)),
      ], phase: .sent(at(5))),
    Transcript(
      description: "it comes back while it runs",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .accepted), Step(1, .minionLeft),
        Step(9, .minionJoined(holds: true, isRunning: true)),
      ], phase: .running(at(9))),
    Transcript(
      description: "it comes back with the journal lost",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .started), Step(2, .minionLeft),
        Step(
          9, .minionJoined(holds: false, isRunning: false),
          .record(.interrupted, reason: "the minion came back without its job journal", assumed: true)),
      ], phase: .ended(.interrupted)),
    Transcript(
      description: "a running job does not expire",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .started), Step(100, .tick),
        Step(100_000, .tick),
      ], phase: .running(at(1))),
    Transcript(
      description: "a silent minion is given up after expiry, deadline and an hour",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .started),
        Step(3749, .tick, online: false), Step(3750, .tick), Step(3750, .tick, online: false, lost),
      ], phase: .ended(.interrupted)),
    Transcript(
      description: "its word after it was given up is still wanted",
      steps: [
        Step(100, .tick, online: false, expired), Step(200, .result(.returned), .commitResult), Step(201, .accepted),
        Step(202, .started), Step(203, .tick), Step(204, .cancelRequested(by: "anna")), Step(205, .keyRevoked),
        Step(206, .minionJoined(holds: true, isRunning: true)),
      ], phase: .ended(.expired)),
    Transcript(
      description: "a late 'accepted' does not take back 'running'",
      steps: [Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .started), Step(2, .accepted)],
      phase: .running(at(1))),
    Transcript(
      description: "cancelled before it was sent",
      steps: [
        Step(
          1, .cancelRequested(by: "anna"), online: false,
          .record(.cancelled, reason: "cancelled by anna before it was delivered", assumed: false))
      ], phase: .ended(.cancelled)),
    Transcript(
      description: "cancelled while it runs",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .started),
        Step(2, .cancelRequested(by: "anna"), .sendCancel), Step(3, .result(.cancelled), .commitResult),
      ], phase: .running(at(1))),
    Transcript(
      description: "cancelled while its minion is away: told when it is back",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .started), Step(2, .minionLeft),
        Step(3, .cancelRequested(by: "anna"), online: false),
        Step(9, .minionJoined(holds: true, isRunning: true), .sendCancel),
      ], phase: .running(at(9))),
    Transcript(
      description: "cancelled while away, and it never got it: not sent any more",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(2, .minionLeft),
        Step(3, .cancelRequested(by: "anna"), online: false),
        Step(
          9, .minionJoined(holds: false, isRunning: false),
          .record(.cancelled, reason: "cancelled by anna before it was delivered", assumed: false)),
      ], phase: .ended(.cancelled)),
    Transcript(
      description: "the key is revoked before it was sent",
      steps: [
        Step(
          1, .keyRevoked, online: false,
          .record(.cancelled, reason: "the minion's key was revoked before it was delivered", assumed: false))
      ], phase: .ended(.cancelled)),
    Transcript(
      description: "the key is revoked while it runs",
      steps: [
        Step(0, .tick, .sendOrder), Step(0, .orderSent(true)), Step(1, .started),
        Step(
          1, .keyRevoked,
          .record(
            .interrupted, reason: "the minion's key was revoked; what it did with the job is not known", assumed: true)),
      ], phase: .ended(.interrupted)),
  ]

  @Test(arguments: transcripts)
  func transcript(_ transcript: Transcript) {
    var job = MinionJob(expires: Self.at(Self.expiry), deadline: Self.deadline)
    for (index, step) in transcript.steps.enumerated() {
      let actions = job.on(
        step.event, isOnline: step.isOnline, mayStart: step.mayStart, now: Self.at(step.time))
      #expect(actions == step.actions, "step \(index + 1): \(step.event)")
    }
    #expect(job.phase == transcript.phase)
  }

  @Test func withoutADeadlineASilentMinionHasADay() {
    var job = MinionJob(expires: Self.at(100), deadline: 0)
    _ = job.on(.started, isOnline: true, mayStart: true, now: Self.at(1))
    let last = 100.0 + 86_400 + 3600
    #expect(job.on(.tick, isOnline: false, mayStart: true, now: Self.at(last - 1)) == [])
    #expect(job.on(.tick, isOnline: false, mayStart: true, now: Self.at(last)) == [Self.lost])
  }

  @Test func aResultEndsItWhenItIsDurableAndNotBefore() {
    var job = MinionJob(expires: Self.at(100), deadline: 50)
    _ = job.on(.result(.failed), isOnline: true, mayStart: true, now: Self.at(1))
    #expect(!job.isEnded)
    job.committed(.failed)
    #expect(job.phase == .ended(.failed))
    // It comes again because the acknowledgement was lost: it wants one.
    #expect(job.on(.result(.failed), isOnline: true, mayStart: true, now: Self.at(2)) == [.commitResult])
  }

  /// Whatever comes in whatever order: one end at most is recorded, and after it nothing is sent.
  @Test func anyOrderOfEventsEndsOnce() throws {
    var generator = SeededGenerator(seed: 11)
    let events: [Event] = [
      .minionJoined(holds: true, isRunning: true), .minionJoined(holds: true, isRunning: false),
      .minionJoined(holds: false, isRunning: false), .minionLeft, .accepted, .started, .cancelRequested(by: "anna"),
      .keyRevoked, .tick, .tick,
    ]
    for _ in 0..<5000 {
      var job = MinionJob(expires: Self.at(100), deadline: 50)
      var time = 0.0
      var ends = 0
      for _ in 0..<20 {
        time += Double.random(in: 0...40, using: &generator)
        let event = try #require(events.randomElement(using: &generator))
        let wasEnded = job.isEnded
        let actions = job.on(
          event, isOnline: .random(using: &generator), mayStart: .random(using: &generator), now: Self.at(time))
        if wasEnded { #expect(actions.isEmpty, "\(event) after the end") }
        for case .record in actions { ends += 1 }
        guard actions.contains(.sendOrder) else { continue }
        #expect(time < 100 && job.cancelledBy == nil)
        _ = job.on(.orderSent(.random(using: &generator)), isOnline: true, mayStart: true, now: Self.at(time))
      }
      #expect(ends == (job.isEnded ? 1 : 0))
      // Time alone ends it.
      _ = job.on(.tick, isOnline: false, mayStart: true, now: Self.at(1e6))
      #expect(job.isEnded)
    }
  }
}
