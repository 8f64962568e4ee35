import OrderedCollections
import Value
import Wire

/// A fleet's answers are alike, and the fleet shares its cores with the master that is measured: what is equal is read
/// and written once for all.
struct SimulatedAnswers {
  struct Answer {
    let accepted: [UInt8]
    let result: [UInt8]
  }

  /// Orders and acknowledgements kept; more than a measurement has in flight.
  private static let maximumKept = 2_000
  private let value: [UInt8]
  private var messages: [[UInt8]: MasterMessage] = [:]
  private var answers: [JobID: Answer] = [:]

  /// - Parameter valueSize: bytes of a returned string; below 2 it is `true`, as `test.ping` returns.
  init(valueSize: Int) {
    value = MessagePackWriter.encode(
      valueSize < 2 ? .bool(true) : .string(String(repeating: "0123456789abcdef", count: valueSize / 16 + 1)))
  }

  /// Reads the master's words; nil when they cannot be read.
  mutating func message(_ bytes: [UInt8]) -> MasterMessage? {
    if let message = messages[bytes] { return message }
    guard let message = try? MasterMessage(decoding: bytes) else { return nil }
    switch message {
    case .job, .acknowledge, .heartbeat, .rejoin:
      if messages.count >= Self.maximumKept { messages.removeAll(keepingCapacity: true) }
      messages[bytes] = message
    case .welcome, .cancel, .refreshGrains, .revoked, .reply: break
    }
    return message
  }

  /// What every minion of the fleet says to an order.
  mutating func answer(_ order: JobOrder, _ now: Moment) -> Answer {
    if let answer = answers[order.id] { return answer }
    let result = JobResult(id: order.id, outcome: .returned, encodedValue: value, started: now, ended: now)
    let answer = Answer(
      accepted: MinionMessage.accepted(order.id).encoded(), result: MinionMessage.result(result).encoded())
    answers[order.id] = answer
    return answer
  }
}
