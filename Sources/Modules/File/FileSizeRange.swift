import Functions

/// Reads `10m`, `+10m`, `-10m`: the sizes that `file.find` takes.
enum FileSizeRange {
  static func parse(_ text: String) throws(FunctionError) -> ClosedRange<Int64> {
    var digits = text.filter { !$0.isWhitespace }[...]
    let sign = digits.first.flatMap { "+-".contains($0) ? $0 : nil }
    if sign != nil { digits.removeFirst() }
    var unit: Int64 = 1
    if let letter = digits.last?.lowercased(), let power = ["b": 0, "k": 10, "m": 20, "g": 30, "t": 40][letter] {
      unit = 1 << Int64(power)
      digits.removeLast()
    }
    guard let number = Double(digits), number >= 0, let size = Int64(exactly: (number * Double(unit)).rounded(.down))
    else {
      throw FunctionError(.badArguments, "'\(text)' is not a size.", hint: "Give 10m, +10m or -10m; units b k m g t.")
    }
    switch sign {
    case "+": return size...Int64.max
    case "-": return 0...size
    default: return size...(size.addingReportingOverflow(unit - 1).overflow ? Int64.max : size + unit - 1)
    }
  }
}
