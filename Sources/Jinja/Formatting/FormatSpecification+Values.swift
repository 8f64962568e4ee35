import Glibc
import Value

extension FormatSpecification {
  /// A value as `format(value, specification)` writes it.
  func format(_ value: TemplateValue, _ evaluation: Evaluation) throws -> String {
    try evaluation.claim(bytes: width)
    switch value {
    case .string(let text), .markup(let text):
      guard type == nil || type == "s" else { throw unknownType("str") }
      guard align != "=" else {
        throw TemplateFailure(.operation, "'=' alignment not allowed in string format specifier")
      }
      let shown = precision.map { String(text.unicodeScalars.prefix($0)) } ?? text
      return padded(shown, defaultAlign: "<")
    case .bool(let flag) where type == nil || type == "s":
      return type == nil && isPlain ? (flag ? "True" : "False") : try format(.int(flag ? 1 : 0), evaluation)
    case .bool(let flag): return try format(.int(flag ? 1 : 0), evaluation)
    case .int(let number): return try integer(number)
    case .double(let number): return try double(number)
    default:
      let text = try evaluation.text(value)
      guard isPlain, type == nil || type == "s" else {
        throw TemplateFailure(.operation, "unsupported format string passed to \(value.typeName).__format__")
      }
      return text
    }
  }

  private var isPlain: Bool {
    width == 0 && align == nil && precision == nil && grouping == nil && sign == "-" && !isAlternate
  }

  private func unknownType(_ kind: String) -> TemplateFailure {
    TemplateFailure(
      .operation, "Unknown format code '\(type.map { String($0) } ?? "")' for object of type '\(kind)'")
  }

  private func integer(_ number: Int64) throws -> String {
    let (radix, prefix, every): (Int, String, Int)
    switch type {
    case nil, "d", "n": (radix, prefix, every) = (10, "", 3)
    case "b": (radix, prefix, every) = (2, "0b", 4)
    case "o": (radix, prefix, every) = (8, "0o", 4)
    case "x": (radix, prefix, every) = (16, "0x", 4)
    case "X": (radix, prefix, every) = (16, "0X", 4)
    case "c":
      guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) else {
        throw TemplateFailure(.operation, "%c arg not in range(0x110000)")
      }
      return padded(String(scalar), defaultAlign: "<")
    case "e", "E", "f", "F", "g", "G", "%": return try double(Double(number))
    default: throw unknownType("int")
    }
    guard precision == nil else {
      throw TemplateFailure(.operation, "Precision not allowed in integer format specifier")
    }
    let digits = String(number.magnitude, radix: radix, uppercase: type == "X")
    return padded(
      sign: sign(isNegative: number < 0) + (isAlternate ? prefix : ""), grouped(digits, every: every),
      defaultAlign: ">")
  }

  private func double(_ number: Double) throws -> String {
    let magnitude = number.magnitude
    var body: String
    switch type {
    case nil:
      if let precision {
        body = Self.printed(magnitude, "g", max(precision, 1), isAlternate)
        if number.isFinite, !body.contains("."), !body.contains("e") { body += ".0" }
      } else {
        body = PythonText.number(magnitude)
      }
    case "e", "E", "f", "F", "g", "G", "n":
      body = Self.printed(magnitude, type == "n" ? "g" : type ?? "g", precision ?? 6, isAlternate)
    case "%": body = Self.printed(magnitude * 100, "f", precision ?? 6, isAlternate) + "%"
    default: throw unknownType("float")
    }
    if grouping != nil {
      let whole = body.prefix { ("0"..."9").contains($0) }
      body = grouped(String(whole), every: 3) + body.dropFirst(whole.count)
    }
    return padded(sign: sign(isNegative: number.sign == .minus && !number.isNaN), body, defaultAlign: ">")
  }

  private func sign(isNegative: Bool) -> String { isNegative ? "-" : sign == "-" ? "" : String(sign) }

  private func grouped(_ digits: String, every: Int) -> String {
    guard let grouping else { return digits }
    var digits = Array(digits.unicodeScalars)
    // Zeros that fill a number are grouped too.
    let signs = 1
    if fill == "0", align == "=" {
      while digits.count + (digits.count - 1) / every + signs < width { digits.insert("0", at: 0) }
    }
    var output = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % every == 0 { output.unicodeScalars.append(grouping) }
      output.unicodeScalars.append(digit)
    }
    return output
  }

  /// A number as C's `printf` writes it.
  static func printed(_ number: Double, _ type: Unicode.Scalar, _ precision: Int, _ isAlternate: Bool) -> String {
    guard number.isFinite else {
      let text = number.isNaN ? "nan" : "inf"
      return type.properties.isUppercase ? text.uppercased() : text
    }
    let precision = min(precision, 2_000)
    var buffer = [CChar](repeating: 0, count: precision + 400)
    let length = withVaList([CInt(precision), number]) {
      vsnprintf(&buffer, buffer.count, "%\(isAlternate ? "#" : "").*\(Character(type))", $0)
    }
    return String(decoding: buffer.prefix(max(0, Int(length))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
