import Glibc

/// Sleeps on the thread that calls it.
enum Pause {
  static func milliseconds(_ count: Int) {
    var left = timespec(tv_sec: count / 1000, tv_nsec: count % 1000 * 1_000_000)
    // A signal ends the wait: its handler has set what the caller looks at next.
    nanosleep(&left, nil)
  }
}
