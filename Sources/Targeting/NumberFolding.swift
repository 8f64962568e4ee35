/// Folds the numbers of names that are otherwise equal: `[01-03,07]`, or the number itself when there is one.
enum NumberFolding {
  private struct Number {
    var text: String
    var value: UInt64
    /// The width of the padded numbers it runs on from; 0 for plain ones. `10` follows on `09` as well as on `9`.
    var width: Int
  }

  static func fold(_ texts: [String]) -> String {
    guard texts.count > 1 else { return texts.first ?? "" }
    let widths = Set(texts.filter(isPadded).map(\.utf8.count)).sorted()
    let numbers = texts.map { text in
      let digits = text.utf8.count
      let width = isPadded(text) ? digits : widths.last { $0 <= digits } ?? 0
      return Number(text: text, value: UInt64(text) ?? 0, width: width)
    }.sorted { ($0.width, $0.value) < ($1.width, $1.value) }
    var ranges: [(first: Number, last: Number)] = []
    for number in numbers {
      if let last = ranges.last?.last, last.width == number.width, last.value + 1 == number.value {
        ranges[ranges.count - 1].last = number
      } else {
        ranges.append((number, number))
      }
    }
    let items = ranges.map { $0.first.value == $0.last.value ? $0.first.text : "\($0.first.text)-\($0.last.text)" }
    return "[\(items.joined(separator: ","))]"
  }

  private static func isPadded(_ text: String) -> Bool { text.utf8.count > 1 && text.utf8.first == UInt8(ascii: "0") }
}
