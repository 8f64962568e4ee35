/// One item of a folded host set: `rack[1-2]-node[01-40]`.
struct FoldedName {
  enum Part {
    case text(String)
    case numbers([NumberRange])
  }

  struct NumberRange {
    var first: UInt64
    var last: UInt64
    var step: UInt64
    /// Numbers with fewer digits get leading zeros.
    var width: Int

    /// At most `Int.max`.
    var count: Int {
      let count = (last - first) / step
      return Int(exactly: count).map { $0 < .max ? $0 + 1 : $0 } ?? .max
    }
  }

  var parts: [Part]
  var position: SourcePosition

  /// How many names; `Int.max` for more than that.
  var count: Int {
    parts.reduce(1) { product, part in
      guard case .numbers(let ranges) = part else { return product }
      let sum = ranges.reduce(0) { saturated($0.addingReportingOverflow($1.count)) }
      return saturated(product.multipliedReportingOverflow(by: sum))
    }
  }

  private func saturated(_ result: (partialValue: Int, overflow: Bool)) -> Int {
    result.overflow ? .max : result.partialValue
  }

  func forEachName(_ body: (String) -> Void) { append(from: 0, to: "", body) }

  private func append(from index: Int, to name: String, _ body: (String) -> Void) {
    guard index < parts.count else { return body(name) }
    switch parts[index] {
    case .text(let text):
      append(from: index + 1, to: name + text, body)
    case .numbers(let ranges):
      for range in ranges {
        for number in stride(from: range.first, through: range.last, by: Int(range.step)) {
          let digits = String(number)
          let zeros = String(repeating: "0", count: max(0, range.width - digits.utf8.count))
          append(from: index + 1, to: name + zeros + digits, body)
        }
      }
    }
  }
}
