import Glibc

/// Times as strftime(3) writes them, in the host's time zone.
enum LocalTimeText {
  /// Nil for a format that gives nothing or more than 1023 bytes.
  static func format(_ format: String, at time: Int) -> String? {
    var seconds = time_t(time)
    var parts = tm()
    tzset()
    guard localtime_r(&seconds, &parts) != nil else { return nil }
    var buffer = [CChar](repeating: 0, count: 1024)
    let count = strftime(&buffer, buffer.count, format, &parts)
    guard count > 0 else { return nil }
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// `2026-11-24T03:47:02.732931` in UTC.
  static func iso(_ time: Double) -> String {
    var seconds = time_t(time.rounded(.down))
    let microseconds = Int((time - time.rounded(.down)) * 1e6)
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "" }
    func padded(_ number: Int, _ width: Int = 2) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let date = "\(padded(Int(parts.tm_year) + 1900, 4))-\(padded(Int(parts.tm_mon) + 1))-\(padded(Int(parts.tm_mday)))"
    let clock = "\(padded(Int(parts.tm_hour))):\(padded(Int(parts.tm_min))):\(padded(Int(parts.tm_sec)))"
    return "\(date)T\(clock)" + (microseconds > 0 ? ".\(padded(microseconds, 6))" : "")
  }

  /// Now, in seconds since the epoch.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
