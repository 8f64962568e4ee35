import Glibc

/// Nanoseconds: a busy machine is no finding, so that inputs are judged by processor time.
enum FuzzClock {
  static func monotonic() -> UInt64 { time(CLOCK_MONOTONIC) }
  static func processor() -> UInt64 { time(CLOCK_PROCESS_CPUTIME_ID) }

  /// Processor time of another process; nil when it has ended.
  static func processor(of pid: pid_t) -> UInt64? {
    var clock = clockid_t()
    return clock_getcpuclockid(pid, &clock) == 0 ? time(clock) : nil
  }

  private static func time(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
