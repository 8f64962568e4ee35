import Minion
import Testing
import Wire

@Suite struct HeldJobTests {
  typealias Event = HeldJob.Event
  typealias Action = HeldJob.Action

  private static let lost = Action.writeResult(
    .interrupted,
    "its worker ended without a result (killed, or the host went down); what it had started may go on")

  struct Transcript: Sendable, CustomStringConvertible {
    var description: String
    var from: HeldJob.Phase = .waiting
    var steps: [(event: Event, actions: [Action])]
    var phase: HeldJob.Phase
  }

  static let transcripts: [Transcript] = [
    Transcript(
      description: "the usual way",
      steps: [(.turn, [.start]), (.finished, [.sendResult]), (.acknowledged, [.forgetResult])], phase: .acknowledged),
    Transcript(
      description: "each step happens once",
      steps: [
        (.turn, [.start]), (.turn, []), (.finished, [.sendResult]), (.finished, []), (.workerLost, []), (.turn, []),
        (.cancelled, []), (.acknowledged, [.forgetResult]), (.acknowledged, []), (.turn, []), (.cancelled, []),
        (.workerLost, []), (.finished, []),
      ], phase: .acknowledged),
    Transcript(
      description: "cancelled before its turn: it never starts",
      steps: [
        (.cancelled, [.writeResult(.cancelled, "cancelled before it was started")]), (.turn, []), (.cancelled, []),
        (.acknowledged, [.forgetResult]),
      ], phase: .acknowledged),
    Transcript(
      description: "cancelled while it runs, and the worker dies of it",
      steps: [
        (.turn, [.start]), (.cancelled, [.kill]),
        (.workerLost, [.writeResult(.cancelled, "cancelled while it ran; what it had done is done")]),
      ], phase: .finished),
    Transcript(
      description: "cancelled while it runs, but it was quicker",
      steps: [(.turn, [.start]), (.cancelled, [.kill]), (.finished, [.sendResult])], phase: .finished),
    Transcript(
      description: "cancelled twice is killed twice: the worker may only be starting",
      steps: [(.turn, [.start]), (.cancelled, [.kill]), (.cancelled, [.kill])], phase: .running),
    Transcript(
      description: "the worker is killed", steps: [(.turn, [.start]), (.workerLost, [lost])], phase: .finished),
    Transcript(
      description: "nothing ends what has not begun",
      steps: [(.finished, []), (.workerLost, []), (.acknowledged, [])], phase: .waiting),
    Transcript(
      description: "the master cannot acknowledge what runs", from: .running,
      steps: [(.acknowledged, []), (.finished, [.sendResult])], phase: .finished),
    Transcript(
      description: "after a restart: a worker goes on, then is lost", from: .running, steps: [(.workerLost, [lost])],
      phase: .finished),
    Transcript(
      description: "after a restart: only the acknowledgement is missing", from: .finished,
      steps: [(.turn, []), (.acknowledged, [.forgetResult])], phase: .acknowledged),
  ]

  @Test(arguments: transcripts)
  func transcript(_ transcript: Transcript) {
    let id = JobID(microseconds: 1)
    var job = HeldJob(
      order: JobOrder(id: id, function: "test.ping", expires: Moment(microseconds: 2)), phase: transcript.from)
    for (index, step) in transcript.steps.enumerated() {
      #expect(job.on(step.event) == step.actions, "step \(index + 1): \(step.event)")
    }
    #expect(job.phase == transcript.phase)
    #expect(job.order.id == id)
  }

  /// I2 and I3 for any order of events: it starts once at most, and nothing is forgotten before it was acknowledged.
  @Test func anyOrderOfEventsStartsOnceAtMost() {
    let events: [Event] = [.turn, .finished, .acknowledged, .cancelled, .workerLost]
    // All sequences of six events.
    for number in 0..<15_625 {
      var job = HeldJob(order: JobOrder(id: JobID(microseconds: 1), function: "f", expires: Moment(microseconds: 2)))
      var (starts, results, rest) = (0, 0, number)
      for _ in 0..<6 {
        let event = events[rest % 5]
        rest /= 5
        for action in job.on(event) {
          switch action {
          case .start: starts += 1
          case .sendResult, .writeResult: results += 1
          case .forgetResult: #expect(results == 1 && event == .acknowledged)
          case .kill: #expect(job.phase == .running)
          }
        }
      }
      #expect(starts <= 1 && results <= 1)
    }
  }
}
