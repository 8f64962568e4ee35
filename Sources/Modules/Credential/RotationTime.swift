import Glibc

/// Seconds since the epoch and their ISO 8601 text in UTC.
enum RotationTime {
  static func now() -> Int64 { Int64(time(nil)) }

  /// `2026-04-07T12:00:00Z`.
  static func text(_ seconds: Int64) -> String {
    let days = Int64((Double(seconds) / 86400).rounded(.down))
    let rest = seconds - days * 86400
    // Days to a civil date, in eras of 400 years that begin in March (so that leap days come last).
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(pad(year, 4))-\(pad(month))-\(pad(day))T\(pad(rest / 3600)):\(pad(rest / 60 % 60)):\(pad(rest % 60))Z"
  }

  /// A date (`2014-04-07`, midnight UTC) or a date with a time and `Z`, an offset or nothing (then UTC); fractions of a
  /// second are dropped. Nil for anything else, and for days that no month has.
  static func parse(_ text: String) -> Int64? {
    var rest = Array(text.utf8)[...]
    guard let year = number(&rest, 4), skip(&rest, "-"), let month = number(&rest, 2), skip(&rest, "-"),
      let day = number(&rest, 2), (1...12).contains(month), day >= 1, day <= daysIn(month, year)
    else { return nil }
    var seconds = days(year, month, day) * 86400
    guard !rest.isEmpty else { return seconds }
    guard skip(&rest, "T") || skip(&rest, "t") || skip(&rest, " "), let hour = number(&rest, 2), skip(&rest, ":"),
      let minute = number(&rest, 2), hour < 24, minute < 60
    else { return nil }
    seconds += hour * 3600 + minute * 60
    if skip(&rest, ":") {
      guard let second = number(&rest, 2), second <= 60 else { return nil }
      seconds += second
      if skip(&rest, ".") { rest = rest.drop { isDigit($0) } }
    }
    if rest.isEmpty { return seconds }
    if skip(&rest, "Z") || skip(&rest, "z") { return rest.isEmpty ? seconds : nil }
    let isEast = skip(&rest, "+")
    guard isEast || skip(&rest, "-"), let hours = number(&rest, 2) else { return nil }
    _ = skip(&rest, ":")
    guard let minutes = number(&rest, 2), rest.isEmpty, hours <= 14, minutes < 60 else { return nil }
    return seconds - (isEast ? 1 : -1) * (hours * 3600 + minutes * 60)
  }

  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func daysIn(_ month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func number(_ text: inout ArraySlice<UInt8>, _ count: Int) -> Int64? {
    guard text.count >= count, text.prefix(count).allSatisfy(isDigit) else { return nil }
    let value = text.prefix(count).reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    text = text.dropFirst(count)
    return value
  }

  private static func skip(_ text: inout ArraySlice<UInt8>, _ character: Unicode.Scalar) -> Bool {
    guard text.first == UInt8(ascii: character) else { return false }
    text = text.dropFirst()
    return true
  }

  private static func pad(_ number: Int64, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
