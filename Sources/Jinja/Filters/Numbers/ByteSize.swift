/// Sizes as people write them: `1.5 GB`, `10k`, `1 MiB`.
enum ByteSize {
  /// How many bytes; 0 for what is no size, nil beyond 64 bits. Units count in 1024s, unless those that end in B are metric.
  static func bytes(_ text: String, defaultUnit: String, isMetric: Bool) -> Int64? {
    let text = text.drop { $0.isWhitespace }
    let digits = text.prefix { $0 == "." || ("0"..."9").contains($0) }
    let rest = text[digits.endIndex...].drop { $0.isWhitespace }
    var unit = String(rest).lowercased()
    while unit.last?.isWhitespace == true { unit.removeLast() }
    if unit.isEmpty { unit = defaultUnit.lowercased() }
    guard let first = unit.first, let power = Array("bkmgtpezy").firstIndex(of: first) else { return 0 }
    let ending = unit.dropFirst()
    let isDecimal: Bool
    if power > 0, ending == "b" {
      isDecimal = isMetric
    } else if ending.isEmpty || (power > 0 && ending == "ib") {
      isDecimal = false
    } else {
      return 0
    }
    let base: Double = isDecimal ? 1000 : 1024
    let scale = (0..<power).reduce(1.0) { result, _ in result * base }
    if let whole = Int64(digits), let factor = Int64(exactly: scale) {
      let (bytes, overflow) = whole.multipliedReportingOverflow(by: factor)
      return overflow ? nil : bytes
    }
    guard let number = PythonNumber.float(String(digits)) else { return 0 }
    return Int64(exactly: (number * scale).rounded(.towardZero))
  }
}
