public import Wire

/// How many bytes a minion may send: a bucket of `burst` bytes that fills with `perSecond`.
///
/// libzmq's queues have no limit, since it aborts when a peer with a full one leaves (issue 4364); what is over the
/// allowance is dropped unread and its connection cut, so that the queue cannot grow faster than it is emptied.
public struct TrafficAllowance: Sendable {
  /// A minion that comes back with a spool of results may send this much at once; what was cut off it sends again.
  public static let burst = 64.0 * 1_048_576
  public static let perSecond = 4.0 * 1_048_576
  /// What any message counts for at least: a tiny one costs the master as much work.
  public static let least = 128

  private struct Bucket {
    var spent: Double
    var at: Moment
  }

  private var buckets: [MinionID: Bucket] = [:]

  public init() {}

  /// - Returns: false when the minion has spent more than it may.
  public mutating func allows(_ id: MinionID, bytes: Int, now: Moment) -> Bool {
    var bucket = buckets[id] ?? Bucket(spent: 0, at: now)
    bucket.spent = max(0, bucket.spent - max(0, now - bucket.at) * Self.perSecond)
    bucket.at = now
    let cost = Double(max(bytes, Self.least))
    guard bucket.spent + cost <= Self.burst else {
      buckets[id] = bucket
      return false
    }
    bucket.spent += cost
    buckets[id] = bucket
    return true
  }

  /// Forgets the minions that have their whole allowance again.
  public mutating func prune(now: Moment) {
    buckets = buckets.filter { $0.value.spent > max(0, now - $0.value.at) * Self.perSecond }
  }
}
