/// A job's id as Salt's: 20 digits, UTC to the microsecond (`20261124041233123456`).
public struct JobID: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let text: String

  public init?(_ text: String) {
    guard text.utf8.count == 20, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    self.text = text
  }

  /// The id of a moment in microseconds since the epoch.
  public init(microseconds: Int64) {
    let date = CivilTime(microseconds: microseconds)
    text = [
      CivilTime.padded(date.year, 4), CivilTime.padded(date.month, 2), CivilTime.padded(date.day, 2),
      CivilTime.padded(date.hour, 2), CivilTime.padded(date.minute, 2), CivilTime.padded(date.second, 2),
      CivilTime.padded(date.microsecond, 6),
    ].joined()
  }

  public var description: String { text }
  public static func < (left: JobID, right: JobID) -> Bool { left.text < right.text }

  /// The moment in the id, in microseconds since the epoch.
  public var microseconds: Int64 {
    func number(_ from: Int, _ length: Int) -> Int {
      text.utf8.dropFirst(from).prefix(length).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
    let days = CivilTime.days(year: number(0, 4), month: number(4, 2), day: number(6, 2))
    let seconds = days * 86_400 + number(8, 2) * 3600 + number(10, 2) * 60 + number(12, 2)
    return Int64(seconds) * 1_000_000 + Int64(number(14, 6))
  }
}
