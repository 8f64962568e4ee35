import OrderedCollections
import Value

/// A state's `retry`: how often it is tried again and until when.
struct RetryRule: Sendable, Hashable {
  var attempts = 2
  var until = true
  /// Seconds.
  var interval = 30
  /// Seconds at most on top of it, by chance.
  var splay = 0

  /// Nil when the chunk has no `retry`. What has a wrong type is Salt's default.
  init?(_ chunk: LowChunk) {
    guard let value = chunk.data["retry"] else { return nil }
    if value == false { attempts = 0 }
    guard let map = value.mapValue else { return }
    if let number = Self.number(map["attempts"]) { attempts = number }
    if let flag = map["until"]?.boolValue { until = flag }
    if let number = Self.number(map["interval"]) { interval = number }
    if let number = Self.number(map["splay"]) { splay = number }
  }

  /// A day, or a million attempts, is the most that makes sense.
  private static func number(_ value: Value?) -> Int? {
    value?.intValue.map { Int(min(max($0, 0), 1_000_000)) }
  }

  /// What Salt says in test mode, where nothing is tried again.
  var forecast: String {
    "The state would be retried every \(interval) seconds (with a splay of up to \(splay) seconds) "
      + "a maximum of \(attempts) times or until a result of \(until ? "True" : "False") is returned"
  }

  static func report(attempt: Int, of result: StateReturn) -> String {
    let outcome = result.result.map { $0 ? "True" : "False" } ?? "None"
    return "Attempt \(attempt): Returned a result of \"\(outcome)\", with the following comment: \"\(result.comment)\""
  }
}
