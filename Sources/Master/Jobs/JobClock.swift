public import Wire

/// Gives out job ids: the time in microseconds, unique and increasing even when the clock stands still or goes back.
public struct JobClock: Sendable {
  private var last: Int64

  /// - Parameter newest: the newest id there is, so that a clock set back before a restart changes nothing.
  public init(newest: JobID? = nil) { last = newest?.microseconds ?? 0 }

  public mutating func next(now: Moment) -> JobID {
    last = max(now.microseconds, last + 1)
    return JobID(microseconds: last)
  }
}
