import Functions

/// The five time fields of a job.
struct CronTimes: Sendable, Hashable {
  /// Minute, hour, day of the month, month, day of the week; always five.
  private(set) var fields: [String]

  /// Nil unless there are five.
  init?(_ fields: [String]) {
    guard fields.count == 5 else { return nil }
    self.fields = fields
  }

  /// The wanted fields checked and made definite: `random` and `from:to` become one number, but a field that `old` has
  /// already chosen stays.
  init(
    wanted: [String], keeping old: CronTimes?, using generator: inout some RandomNumberGenerator
  ) throws(FunctionError) {
    fields = []
    // The month comes before the day: how many days it has depends on it.
    var chosen = [String](repeating: "*", count: 5)
    for index in [0, 1, 3, 4, 2] where wanted.indices.contains(index) {
      let text = wanted[index].lowercased()
      let name = CronSchedule.names[index]
      let previous = old?.fields[index]
      let range = Self.range(index, month: chosen[3])
      if text == "random" {
        chosen[index] = previous.flatMap { $0 == "*" ? nil : $0 } ?? String(Int.random(in: range, using: &generator))
      } else if let bounds = try Self.bounds(text, name, range) {
        let isInside = previous.flatMap(Int.init).map(bounds.contains) ?? false
        chosen[index] = isInside ? previous ?? text : String(Int.random(in: bounds, using: &generator))
      } else {
        chosen[index] = try Self.checked(text, name)
      }
    }
    fields = chosen
  }

  private static func range(_ index: Int, month: String) -> ClosedRange<Int> {
    switch index {
    case 0: 0...59
    case 1: 0...23
    case 3: 1...12
    case 4: 0...6
    default:
      switch month {
      case "1", "3", "5", "7", "8", "10", "12": 1...31
      case "4", "6", "9", "11": 1...30
      default: 1...28
      }
    }
  }

  /// `10:20` as the bounds of a random choice.
  private static func bounds(
    _ text: String, _ name: String, _ range: ClosedRange<Int>
  ) throws(FunctionError) -> ClosedRange<Int>? {
    guard text.contains(":") else { return nil }
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count == 2, let first = ends[0], let second = ends[1] else { throw refusal(text, name) }
    let bounds = min(first, second)...max(first, second)
    guard bounds.clamped(to: range) == bounds else { throw refusal(text, name) }
    return bounds
  }

  private static func checked(_ text: String, _ name: String) throws(FunctionError) -> String {
    let isField = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: "*,/-~?#".utf8.contains(byte)
      }
    }
    guard isField, !text.isEmpty, text.utf8.first != UInt8(ascii: "#"), text.utf8.count <= 256 else {
      throw refusal(text, name)
    }
    return text
  }

  private static func refusal(_ text: String, _ name: String) -> FunctionError {
    FunctionError(
      .badArguments, "'\(text)' is not a \(name) of a cron job.",
      hint: "Give '*', a number, a list '1,2', a range '1-5', steps '*/10', 'random', or '10:20' for one out of these.")
  }
}
