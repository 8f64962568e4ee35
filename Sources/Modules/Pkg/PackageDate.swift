import Glibc

/// Times of packages as Salt writes them.
enum PackageDate {
  /// `2026-05-09T07:29:20Z`; nil for a time that no calendar holds.
  static func text(_ seconds: Double) -> String? {
    guard seconds.isFinite, var time = time_t(exactly: seconds.rounded(.down)) else { return nil }
    var fields = tm()
    guard gmtime_r(&time, &fields) != nil else { return nil }
    let date = "\(fields.tm_year + 1900)-\(padded(fields.tm_mon + 1))-\(padded(fields.tm_mday))"
    return "\(date)T\(padded(fields.tm_hour)):\(padded(fields.tm_min)):\(padded(fields.tm_sec))Z"
  }

  private static func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : String(number) }
}
