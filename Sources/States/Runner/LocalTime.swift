import Glibc

/// The local time of day as Salt prints it.
enum LocalTime {
  /// `15:04:05.123456`; without the fraction when it is 0, as Python does.
  static func timeOfDay() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var seconds = now.tv_sec
    var parts = tm()
    localtime_r(&seconds, &parts)
    let micros = Int(now.tv_nsec / 1000)
    let clock = "\(padded(Int(parts.tm_hour), 2)):\(padded(Int(parts.tm_min), 2)):\(padded(Int(parts.tm_sec), 2))"
    return micros == 0 ? clock : "\(clock).\(padded(micros, 6))"
  }

  /// `2026, Nov 25 15:04:05.123456`, as Salt writes the time of a job.
  static func dateAndTime() -> String {
    var seconds = time(nil)
    var parts = tm()
    localtime_r(&seconds, &parts)
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = months.indices.contains(Int(parts.tm_mon)) ? months[Int(parts.tm_mon)] : ""
    return "\(parts.tm_year + 1900), \(month) \(padded(Int(parts.tm_mday), 2)) \(timeOfDay())"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
