import Minion
import Testing
import Wire

/// What is asked, sent, answered and given up, as transcripts.
@Suite struct FleetConversationTests {
  typealias Event = FleetConversation.Event
  typealias Action = FleetConversation.Action
  typealias Step = TranscriptStep<Event, Action>

  static let start = Moment(microseconds: 1_795_521_600_000_000)
  static let busy = FleetReply.refused(FleetRefusal(.busy, "busy"))

  struct Transcript: Sendable, CustomStringConvertible {
    var description: String
    var steps: [Step]
    var isIdle = true
  }

  static func ask(_ id: Int64, within seconds: Double = 60) -> Event {
    .ask(id, .environments, deadline: start + seconds)
  }

  static func sent(_ id: Int64, _ tickets: Int64...) -> Action { .send(id, tickets: tickets, .environments) }

  static let transcripts: [Transcript] = [
    Transcript(
      description: "asked before there is a connection, sent when there is one",
      steps: [
        Step(0, ask(1)), Step(1, .tick), Step(2, .connected, sent(1)),
        Step(3, .reply(1, ticket: nil, .absent), .answer(1, .absent)),
      ]),
    Transcript(
      description: "tickets go back with the next request, or by themselves",
      steps: [
        Step(0, .connected), Step(1, ask(1), sent(1)), Step(1, ask(2), sent(2)),
        Step(2, .reply(1, ticket: 11, .absent), .answer(1, .absent), .giveBack([11])),
        Step(3, ask(3), sent(3)), Step(3, .reply(3, ticket: 13, .done), .answer(3, .done), .giveBack([13])),
        Step(4, .reply(2, ticket: nil, .done), .answer(2, .done)),
      ]),
    Transcript(
      description: "what was on its way when the connection was lost is asked again, tickets of it are worth nothing",
      steps: [
        Step(0, .connected), Step(0, ask(1), sent(1)), Step(0, ask(2), sent(2)), Step(1, .disconnected),
        Step(2, .reply(1, ticket: 5, .absent)), Step(3, .connected, sent(1), sent(2)),
        Step(4, .reply(2, ticket: nil, .done), .answer(2, .done)), Step(4, .forget(1)),
      ]),
    Transcript(
      description: "busy: asked again after a while that grows",
      steps: [
        Step(0, .connected), Step(0, ask(1), sent(1)), Step(1, .reply(1, ticket: nil, busy)), Step(1.01, .tick),
        Step(1.03, .tick, sent(1)), Step(2, .reply(1, ticket: nil, busy)), Step(2.03, .tick),
        Step(2.05, .tick, sent(1)), Step(3, .reply(1, ticket: nil, .done), .answer(1, .done)),
      ]),
    Transcript(
      description: "busy until the deadline",
      steps: [
        Step(0, .connected), Step(0, ask(1, within: 5), sent(1)), Step(4.999, .reply(1, ticket: nil, busy)),
        Step(5, .tick, .fail(1, .busy)),
      ]),
    Transcript(
      description: "not answered in time; the answer that comes later is nobody's",
      steps: [
        Step(0, .connected), Step(0, ask(1, within: 5), sent(1)), Step(4, .tick), Step(5, .tick, .fail(1, .late)),
        Step(6, .reply(1, ticket: 4, .done), .giveBack([4])),
      ]),
    Transcript(
      description: "no connection within the patience: all fails, and what is asked then too",
      steps: [
        Step(0, ask(1)), Step(29, ask(2)), Step(30, .tick),
        Step(30.1, .tick, .fail(1, .unreachable), .fail(2, .unreachable)), Step(31, ask(3)),
        Step(31.1, .tick, .fail(3, .unreachable)), Step(40, .connected), Step(41, ask(4), sent(4)),
        Step(42, .reply(4, ticket: nil, .done), .answer(4, .done)),
      ]),
    Transcript(
      description: "a connection lost late in a run has its patience too",
      steps: [
        Step(0, .connected), Step(50, .disconnected), Step(51, ask(1)), Step(60, .tick, .fail(1, .unreachable)),
      ]),
    Transcript(
      description: "the key is refused",
      steps: [Step(0, ask(1)), Step(0, ask(2)), Step(1, .keyRefused, .fail(1, .keyRefused), .fail(2, .keyRefused))]),
    Transcript(
      description: "an answer to what was never asked",
      steps: [Step(0, .connected), Step(1, .reply(9, ticket: 1, .done), .giveBack([1]))]),
    Transcript(
      description: "forgotten before it was sent",
      steps: [Step(0, ask(1)), Step(0, ask(2)), Step(1, .forget(1)), Step(2, .connected, sent(2))], isIdle: false),
  ]

  @Test(arguments: transcripts)
  func goesLike(_ transcript: Transcript) {
    var conversation = FleetConversation(now: Self.start)
    for (number, step) in transcript.steps.enumerated() {
      let actions = conversation.on(step.event, now: Self.start + step.time)
      #expect(actions == step.actions, "step \(number)")
    }
    #expect(conversation.isIdle == transcript.isIdle)
  }

  @Test func noMoreThanTheWindowIsOnItsWay() {
    var conversation = FleetConversation(now: Self.start)
    _ = conversation.on(.connected, now: Self.start)
    var sent: [Int64] = []
    func note(_ actions: [Action]) { for case .send(let id, _, _) in actions { sent.append(id) } }
    for id in 1...Int64(100) { note(conversation.on(Self.ask(id), now: Self.start)) }
    #expect(sent == Array(1...Int64(FleetConversation.window)))
    for id in 1...Int64(100) { note(conversation.on(.reply(id, ticket: id, .done), now: Self.start)) }
    #expect(sent == Array(1...Int64(100)))
    #expect(conversation.isIdle)
  }
}
