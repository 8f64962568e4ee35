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

  /// Stops at the first and the last moment there is: peers may claim any time, and arithmetic with it must not trap.
  public static func + (moment: Moment, seconds: Double) -> Moment {
    let distance = Int64(exactly: (seconds * 1e6).rounded(.towardZero)) ?? (seconds < 0 ? .min : .max)
    let (sum, isOver) = moment.microseconds.addingReportingOverflow(distance)
    return Moment(microseconds: isOver ? (distance < 0 ? .min : .max) : sum)
  }

  /// Seconds between two moments, however far they are apart.
  public static func - (left: Moment, right: Moment) -> Double {
    let (difference, isOver) = left.microseconds.subtractingReportingOverflow(right.microseconds)
    return isOver ? (Double(left.microseconds) - Double(right.microseconds)) / 1e6 : Double(difference) / 1e6
  }

  public var civil: CivilTime { CivilTime(microseconds: microseconds) }
  public var description: String { civil.rfc3339 }
}
