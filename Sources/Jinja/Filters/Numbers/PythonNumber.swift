import Glibc
import Value

/// Numbers as Python reads and writes them.
enum PythonNumber {
  /// `int(text, base)`: spaces around, a sign, underscores between digits, and the prefix of the base. Nil for anything
  /// else, and beyond 64 bits.
  static func integer(_ text: String, base: Int = 10) -> Int64? {
    guard base == 0 || (2...36).contains(base) else { return nil }
    var digits = trimmed(text)
    var isNegative = false
    if let first = digits.first, first == "-" || first == "+" {
      isNegative = first == "-"
      digits = digits.dropFirst()
    }
    var radix = base == 0 ? 10 : base
    let prefixes: [(String, Int)] = [("0x", 16), ("0o", 8), ("0b", 2)]
    let lowered = digits.lowercased()
    var hadPrefix = false
    if let (_, found) = prefixes.first(where: { lowered.hasPrefix($0.0) && (base == 0 || base == $0.1) }) {
      radix = found
      digits = digits.dropFirst(2)
      hadPrefix = true
      if digits.first == "_" { digits = digits.dropFirst() }
    }
    guard let plain = withoutUnderscores(digits) else { return nil }
    if base == 0, !hadPrefix, plain.count > 1, plain.first == "0", plain.contains(where: { $0 != "0" }) { return nil }
    guard plain.first.map({ $0 != "-" && $0 != "+" }) ?? false else { return nil }
    return Int64((isNegative ? "-" : "") + plain, radix: radix)
  }

  /// `float(text)`.
  static func float(_ text: String) -> Double? {
    let trimmed = trimmed(text)
    let unsigned = trimmed.drop { $0 == "-" || $0 == "+" }
    guard trimmed.count - unsigned.count <= 1 else { return nil }
    switch unsigned.lowercased() {
    case "inf", "infinity": return trimmed.hasPrefix("-") ? -.infinity : .infinity
    case "nan": return .nan
    default:
      let isDecimal = unsigned.utf8.allSatisfy { (0x30...0x39).contains($0) || "._eE+-".utf8.contains($0) }
      guard isDecimal, let plain = withoutUnderscores(trimmed) else { return nil }
      // Swift wants digits around the point.
      var digits = plain
      if digits.hasSuffix(".") { digits += "0" }
      for mark in [".e", ".E"] where digits.contains(mark) {
        digits = digits.split(separator: ".", maxSplits: 1).joined(separator: ".0")
      }
      let sign = digits.first == "-" || digits.first == "+" ? String(digits.removeFirst()) : ""
      if digits.first == ".", digits.utf8.dropFirst().first.map({ (0x30...0x39).contains($0) }) ?? false {
        digits = "0" + digits
      }
      return Double(sign + digits)
    }
  }

  /// `float(value)`: nil where Python has a ValueError or TypeError.
  static func float(_ value: TemplateValue, _ evaluation: Evaluation) throws -> Double? {
    switch try evaluation.defined(value) {
    case .double(let number): number
    case .int(let number): Double(number)
    case .bool(let flag): flag ? 1 : 0
    case .string(let text), .markup(let text): float(text)
    default: nil
    }
  }

  static func notAFloat(_ value: TemplateValue) -> TemplateFailure {
    if let text = value.stringValue {
      return TemplateFailure(.operation, "could not convert string to float: \(PythonText.quoted(text))")
    }
    return TemplateFailure(
      .operation, "float() argument must be a string or a real number, not '\(value.typeName)'")
  }

  /// A number with a fixed count of digits after the point, rounded as C does.
  static func fixed(_ number: Double, digits: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let count = withVaList([Int32(digits), number]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
    guard count > 0, Int(count) < buffer.count else { return PythonText.number(number) }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func trimmed(_ text: String) -> Substring {
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !PythonText.isSpace($0) }),
      let end = scalars.lastIndex(where: { !PythonText.isSpace($0) })
    else { return "" }
    let text = Substring(scalars[start...end])
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    // Decimal digits of any script count.
    var digits = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
        digits.append(scalar)
        continue
      }
      digits.append(Unicode.Scalar(UInt8(0x30 + value)))
    }
    return Substring(String(digits))
  }

  /// Underscores may stand between digits only.
  private static func withoutUnderscores(_ digits: Substring) -> String? {
    guard digits.contains("_") else { return String(digits) }
    let bytes = Array(digits.utf8)
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
      guard index > 0, index + 1 < bytes.count, isAlphanumeric(bytes[index - 1]), isAlphanumeric(bytes[index + 1])
      else { return nil }
    }
    return String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }
}
