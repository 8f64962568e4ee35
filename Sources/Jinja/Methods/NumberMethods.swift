import Value

/// Methods of Python's `int` and `float`.
enum NumberMethods {
  static let integerNames: Set<String> = [
    "bit_length", "bit_count", "conjugate", "is_integer", "as_integer_ratio", "to_bytes",
  ]
  static let floatNames: Set<String> = ["is_integer", "conjugate", "hex", "as_integer_ratio"]

  static func call(_ name: String, on value: TemplateValue, _ arguments: TemplateArguments) throws -> TemplateValue {
    if name == "to_bytes", case .int(let number)? = Number(value) { return try bytes(of: number, arguments) }
    _ = try arguments.bind(name, [])
    switch (Number(value), name) {
    case (.int(let number)?, "bit_length"): return .int(Int64(64 - number.magnitude.leadingZeroBitCount))
    case (.int(let number)?, "bit_count"): return .int(Int64(number.magnitude.nonzeroBitCount))
    case (.int(let number)?, "conjugate"): return .int(number)
    case (.int?, "is_integer"): return .bool(true)
    case (.int(let number)?, "as_integer_ratio"): return .tuple([.int(number), .int(1)])
    case (.double(let number)?, "is_integer"): return .bool(number.isFinite && number == number.rounded())
    case (.double(let number)?, "conjugate"): return .double(number)
    case (.double(let number)?, "hex"): return .string(hexadecimal(number))
    case (.double(let number)?, "as_integer_ratio"): return try ratio(number)
    default: throw TemplateFailure(.operation, "'\(name)' of '\(value.typeName)' is not supported here")
    }
  }

  private static func bytes(of number: Int64, _ arguments: TemplateArguments) throws -> TemplateValue {
    let bound = try arguments.bind(
      "to_bytes", .optional("length", .int(1)), .optional("byteorder", .string("big")),
      .optional("signed", .bool(false)))
    guard case .int(let length) = bound[0], (0...8).contains(length) else {
      throw TemplateFailure(.operation, "to_bytes() takes a length from 0 to 8")
    }
    let bits = 8 * length
    guard number >= 0, length == 8 || number < (1 as Int64) << bits else {
      throw TemplateFailure(
        .operation, number < 0 ? "can't convert negative int to unsigned" : "int too big to convert")
    }
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: number >> (8 * (length - 1 - $0))) }
    return .bytes(bound[1].stringValue == "little" ? bytes.reversed() : bytes)
  }

  /// `0x1.8000000000000p+0`, as Python's `float.hex` has it.
  private static func hexadecimal(_ number: Double) -> String {
    guard number.isFinite else { return PythonText.number(number) }
    let sign = number.sign == .minus ? "-" : ""
    if number == 0 { return sign + "0x0.0p+0" }
    let digits = String(number.significandBitPattern, radix: 16)
    let lead = number.isNormal ? "1" : "0"
    let exponent = number.isNormal ? Int(number.exponent) : -1022
    return sign + "0x\(lead)." + String(repeating: "0", count: 13 - digits.utf8.count) + digits
      + "p\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
  }

  private static func ratio(_ number: Double) throws -> TemplateValue {
    var numerator = number
    var denominator: Double = 1
    while numerator != numerator.rounded(), denominator < 0x1p62 {
      numerator *= 2
      denominator *= 2
    }
    guard let top = Int64(exactly: numerator), let bottom = Int64(exactly: denominator) else {
      throw TemplateFailure(.operation, "the ratio of \(PythonText.number(number)) does not fit in 64 bits")
    }
    return .tuple([.int(top), .int(bottom)])
  }
}
