import Minion
import Testing
import Wire

/// The session with the master as transcripts: these events, then these actions.
@Suite struct MinionSessionTests {
  typealias Event = MinionSession.Event
  typealias Action = MinionSession.Action
  typealias Step = TranscriptStep<Event, Action>

  static let start = Moment(microseconds: 1_795_521_600_000_000)

  struct Transcript: Sendable, CustomStringConvertible {
    var description: String
    var steps: [Step]
    var state: MinionSession.State
  }

  static let transcripts: [Transcript] = [
    Transcript(
      description: "nothing is said before there is a connection",
      steps: [Step(0, .tick), Step(1000, .tick), Step(1001, .disconnected)], state: .disconnected),
    Transcript(
      description: "hello, then welcome, then what is not acknowledged",
      steps: [Step(0, .connected, .sendHello), Step(0.1, .welcome(heartbeat: 30), .sendUnacknowledged)], state: .joined),
    Transcript(
      description: "no welcome: the connection is made anew",
      steps: [Step(0, .connected, .sendHello), Step(20, .tick), Step(20.1, .tick, .reconnect), Step(21, .tick)],
      state: .disconnected),
    Transcript(
      description: "whatever else comes is no welcome",
      steps: [Step(0, .connected, .sendHello), Step(15, .heard), Step(20.1, .tick, .reconnect)], state: .disconnected),
    Transcript(
      description: "heartbeats at the master's pace",
      steps: [
        Step(0, .connected, .sendHello), Step(0, .welcome(heartbeat: 10), .sendUnacknowledged), Step(5, .tick),
        Step(10, .tick, .sendHeartbeat), Step(10.5, .heard), Step(15, .tick),
        Step(20, .tick, .sendHeartbeat, .sendUnacknowledged), Step(20.5, .heard), Step(30, .tick, .sendHeartbeat),
      ], state: .joined),
    Transcript(
      description: "a master that is silent for three heartbeats is left",
      steps: [
        Step(0, .connected, .sendHello), Step(0, .welcome(heartbeat: 10), .sendUnacknowledged),
        Step(10, .tick, .sendHeartbeat), Step(20, .tick, .sendHeartbeat, .sendUnacknowledged),
        Step(30, .tick, .sendHeartbeat), Step(30.1, .tick, .reconnect), Step(40, .tick),
        Step(41, .connected, .sendHello),
      ], state: .greeting(start + 41)),
    Transcript(
      description: "anything heard keeps it",
      steps: [
        Step(0, .connected, .sendHello), Step(0, .welcome(heartbeat: 10), .sendUnacknowledged), Step(29, .heard),
        Step(30.1, .tick, .sendHeartbeat, .sendUnacknowledged), Step(59, .tick, .sendHeartbeat, .sendUnacknowledged),
        Step(59.1, .tick, .reconnect),
      ], state: .disconnected),
    Transcript(
      description: "a restarted master asks for another hello",
      steps: [
        Step(0, .connected, .sendHello), Step(0, .welcome(heartbeat: 10), .sendUnacknowledged),
        Step(5, .rejoin, .sendHello), Step(5.1, .welcome(heartbeat: 60), .sendUnacknowledged), Step(15, .tick),
        Step(25.1, .tick, .sendUnacknowledged), Step(65, .tick, .sendHeartbeat, .sendUnacknowledged),
      ], state: .joined),
    Transcript(
      description: "a broken connection: silent until the next",
      steps: [
        Step(0, .connected, .sendHello), Step(0, .welcome(heartbeat: 10), .sendUnacknowledged), Step(3, .disconnected),
        Step(100, .tick), Step(101, .connected, .sendHello), Step(101, .welcome(heartbeat: 10), .sendUnacknowledged),
      ], state: .joined),
  ]

  @Test(arguments: transcripts)
  func transcript(_ transcript: Transcript) {
    var session = MinionSession()
    for (index, step) in transcript.steps.enumerated() {
      #expect(
        session.on(step.event, now: Self.start + step.time) == step.actions, "step \(index + 1): \(step.event)")
    }
    #expect(session.state == transcript.state)
  }

  /// The daemon wakes up twice a heartbeat, and never later than results have to be said again.
  @Test(
    arguments: [(1, 0.5), (30, 15), (40, 20), (3600, 20), (0, 0.5), (-5, 0.5), (.max, 20), (.min, 0.5)]
      as [(Int64, Double)])
  func interval(_ heartbeat: Int64, _ seconds: Double) {
    var session = MinionSession()
    _ = session.on(.connected, now: Self.start)
    _ = session.on(.welcome(heartbeat: heartbeat), now: Self.start)
    #expect(session.interval == seconds)
  }

  /// Ticks come late, or the host slept: the master is not left for it before it was asked.
  @Test func aNewConnectionStartsAfresh() {
    var session = MinionSession()
    _ = session.on(.connected, now: Self.start)
    _ = session.on(.welcome(heartbeat: 10), now: Self.start)
    _ = session.on(.disconnected, now: Self.start + 1)
    _ = session.on(.connected, now: Self.start + 5000)
    #expect(session.on(.tick, now: Self.start + 5001) == [])
    _ = session.on(.welcome(heartbeat: 10), now: Self.start + 5001)
    #expect(session.on(.tick, now: Self.start + 5002) == [])
  }
}
