import Glibc

/// A moment in microseconds since the epoch, UTC.
public struct Moment: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  /// The system's clock. Only drivers ask; state machines are told.
  public static func now() -> Moment {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Moment(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  public static func < (left: Moment, right: Moment) -> Bool { left.microseconds < right.microseconds }
  public static func + (moment: Moment, seconds: Double) -> Moment {
    Moment(microseconds: moment.microseconds + Int64(seconds * 1e6))
  }
  /// Seconds between two moments.
  public static func - (left: Moment, right: Moment) -> Double { Double(left.microseconds - right.microseconds) / 1e6 }

  public var civil: CivilTime { CivilTime(microseconds: microseconds) }
  public var description: String { civil.rfc3339 }
}
