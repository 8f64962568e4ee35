import Glibc
import Targeting

/// A date as people write it. The usual notations of PHP's `strtotime`, which Salt reads dates by: ISO 8601, `2026/11/25`,
/// `11/25/2026`, `25 Nov 2026`, `Nov 25, 2026`, with or without a time; `now`, `today`, `tomorrow`, `yesterday`;
/// `+1 day`; `@seconds`; seconds alone.
struct DateText {
  /// The broken-down time, as `strftime` takes it.
  private(set) var fields = tm()
  private var microseconds = 0

  var microsecondDigits: String {
    let digits = String(microseconds)
    return String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }

  static var now: DateText? {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return DateText(seconds: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
  }

  /// In the host's time zone.
  init?(seconds: Double) {
    guard seconds.magnitude < 2.5e11 else { return nil }
    var whole = time_t(seconds.rounded(.down))
    microseconds = Int(((seconds - seconds.rounded(.down)) * 1e6).rounded(.toNearestOrEven))
    guard localtime_r(&whole, &fields) != nil else { return nil }
    if microseconds >= 1_000_000 { microseconds = 999_999 }
  }

  init?(_ text: String) {
    guard text.utf8.count <= 200, let date = Self.read(text.lowercased()) else { return nil }
    self = date
  }

  private static func read(_ text: String) -> DateText? {
    if let relative = relative(text) { return relative }
    if text.hasPrefix("@") {
      guard let seconds = Double(text.dropFirst()), seconds.magnitude < 2.5e11, var date = DateText(seconds: 0) else {
        return nil
      }
      var whole = time_t(seconds.rounded(.down))
      gmtime_r(&whole, &date.fields)
      return date
    }
    if text.utf8.count > 8, let seconds = Double(text) { return DateText(seconds: seconds) }
    guard let (fields, rest) = date(text) else {
      guard let seconds = Double(text) else { return nil }
      // Four digits are a time of today, which changes nothing of the date.
      return text.utf8.count == 4 ? now : DateText(seconds: seconds)
    }
    guard let time = time(rest), var date = DateText(seconds: 0) else { return nil }
    date.fields = fields
    (date.fields.tm_hour, date.fields.tm_min, date.fields.tm_sec) = time
    date.normalize()
    return date
  }

  /// Fills in the day of the week and of the year, and carries what is over the end of a month.
  private mutating func normalize() {
    var copy = fields
    copy.tm_isdst = 0
    var seconds = timegm(&copy)
    gmtime_r(&seconds, &fields)
  }

  private static func relative(_ text: String) -> DateText? {
    guard var date = now else { return nil }
    switch text {
    case "now": return date
    case "today", "midnight", "tomorrow", "yesterday":
      (date.fields.tm_hour, date.fields.tm_min, date.fields.tm_sec, date.microseconds) = (0, 0, 0, 0)
      date.fields.tm_mday += text == "tomorrow" ? 1 : text == "yesterday" ? -1 : 0
    default:
      guard let match = match(#"([+-]?\d{1,6}) ?(second|sec|minute|min|hour|day|week|month|year)s?( ago)?$"#, text),
        let count = Int32(match[1] ?? "")
      else { return nil }
      let amount = match[3] == nil ? count : -count
      switch match[2] {
      case "second", "sec": date.fields.tm_sec += amount
      case "minute", "min": date.fields.tm_min += amount
      case "hour": date.fields.tm_hour += amount
      case "day": date.fields.tm_mday += amount
      case "week": date.fields.tm_mday += amount * 7
      case "month": date.fields.tm_mon += amount
      default: date.fields.tm_year += amount
      }
    }
    date.normalize()
    return date
  }

  /// The date at the start of a text, and what follows it.
  private static func date(_ text: String) -> (tm, String)? {
    let month = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    let notations: [(pattern: String, order: String)] = [
      (#"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)"#, "ymd"), (#"(\d{4})(\d{2})(\d{2})(?!\d)"#, "ymd"),
      (#"(\d{1,2})/(\d{1,2})/(\d{4})"#, "mdy"), (#"(\d{1,2})[-.](\d{1,2})[-.](\d{4})"#, "dmy"),
      (#"(?:[a-z]{3,9},? )?(\d{1,2})[ -]\#(month)[ -](\d{4})"#, "dmy"),
      (#"(?:[a-z]{3,9},? )?\#(month) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})"#, "mdy"), (#"(\d{4})-(\d{2})$"#, "ym"),
    ]
    for (pattern, order) in notations {
      guard let match = match(pattern, text) else { continue }
      var fields = tm()
      fields.tm_mday = 1
      for (index, part) in order.enumerated() {
        guard let piece = match[index + 1], let number = Int32(piece) ?? monthNumber(piece) else { return nil }
        switch part {
        case "y": fields.tm_year = number - 1900
        case "m":
          guard (1...12).contains(number) else { return nil }
          fields.tm_mon = number - 1
        default:
          guard (1...31).contains(number) else { return nil }
          fields.tm_mday = number
        }
      }
      return (fields, String(decoding: Array(text.utf8)[match.range.upperBound...], as: UTF8.self))
    }
    // A time alone is today's.
    guard time(text) != nil, !text.isEmpty, text.contains(":"), let today = now else { return nil }
    return (today.fields, text)
  }

  private static func monthNumber(_ name: Substring) -> Int32? {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return names.firstIndex(of: String(name.prefix(3))).map { Int32($0 + 1) }
  }

  /// `10:11:12`, `t10:11`, `5pm`; Salt passes over parts of seconds, and over a zone: the hour stays as it is written.
  private static func time(_ text: String) -> (Int32, Int32, Int32)? {
    let pattern =
      #"[ t,]*(?:(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?)? ?(am|pm)?(?: ?(?:z|utc|gmt|[+-]\d{2}:?\d{2}))? *$"#
    guard let match = match(pattern, text) else { return nil }
    var hour = match[1].flatMap { Int32($0) } ?? 0
    if match[1] != nil, match[2] == nil, match[4] == nil { return nil }
    let minute = match[2].flatMap { Int32($0) } ?? 0
    let second = match[3].flatMap { Int32($0) } ?? 0
    if match[4] == "pm", hour < 12 { hour += 12 }
    if match[4] == "am", hour == 12 { hour = 0 }
    guard hour <= 24, minute < 60, second <= 60 else { return nil }
    return (hour, minute, second)
  }

  private static func match(_ pattern: String, _ text: String) -> RegularExpressionMatch? {
    (try? RegularExpression(pattern))?.anchoredMatch(in: text)
  }
}

extension RegularExpression {
  /// The match at the start; nil also when it takes too many steps.
  fileprivate func anchoredMatch(in text: String) -> RegularExpressionMatch? {
    (try? firstMatch(in: text, anchored: true)) ?? nil
  }
}
