import OrderedCollections
import Store
import Value
import Wire

/// What operators are sent of a job on one minion.
enum OutcomeValue {
  static func ended(_ stored: StoredResult) -> Value {
    let result = stored.result
    return [
      "id": .string(stored.minion.text), "state": .string(result.outcome.rawValue),
      "value": result.encodedValue.map(Value.bytes) ?? .null, "error": result.error.map(Value.string) ?? .null,
      "exit": .int(result.exitCode), "started": .int(result.started.microseconds),
      "ended": .int(result.ended.microseconds), "received": .int(stored.received.microseconds),
    ]
  }

  /// A minion that has not ended: its state and why.
  static func open(
    _ id: MinionID, _ job: MinionJob, of stored: StoredJob, isOnline: Bool, lastSeen: Moment?, _ now: Moment
  )
    -> Value
  {
    let expiry = stored.expires - now > 43_200 ? stored.expires.civil.text : stored.expires.civil.clock
    func since(_ moment: Moment) -> String { "for \(Int(max(0, now - moment))) s" }
    let away = lastSeen.map { "offline since \($0.civil.clock)" } ?? "never seen"
    let (state, reason): (String, String) =
      switch job.phase {
      case .queued where isOnline: ("queued", "waits for its turn, expires \(expiry)")
      case .queued: ("queued", "\(away), expires \(expiry)")
      case .sent(let moment):
        ("queued", isOnline ? "sent, not confirmed \(since(moment))" : "sent, not confirmed, \(away)")
      case .delivered(let moment): ("delivered", isOnline ? "waits on the host \(since(moment))" : away)
      case .running(let moment): ("running", isOnline ? since(moment) : "\(since(moment)), \(away)")
      case .ended(let outcome): (outcome.rawValue, "")
      }
    return ["id": .string(id.text), "state": .string(state), "reason": .string(reason)]
  }
}
