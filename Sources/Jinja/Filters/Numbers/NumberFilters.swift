import Glibc
import Value

/// Numbers, and texts that hold them.
enum NumberFilters {
  static var all: [Filter] {
    [
      Filter("abs", "abs") { value, _, _ in
        switch value {
        case .int(let number):
          guard number != .min else { throw TemplateFailure(.operation, "abs(\(number)) is beyond 64 bits") }
          return .int(abs(number))
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .double(let number): return .double(abs(number))
        case .undefined(let undefined) where !undefined.isLenient: throw undefined.failure
        default: throw TemplateFailure(.operation, "bad operand type for abs(): '\(value.typeName)'")
        }
      },
      Filter("int", "do_int", .optional("default", .int(0)), .optional("base", .int(10)), body: int),
      Filter("float", "do_float", .optional("default", .double(0))) { value, given, evaluation in
        try PythonNumber.float(value, evaluation).map { .double($0) } ?? given[0]
      },
      Filter(
        "round", "do_round", .optional("precision", .int(0)), .optional("method", .string("common")), body: round),
      Filter("to_num", "to_num", body: number),
      Filter("str_to_num", "to_num", body: number),
      Filter(
        "human_to_bytes", "human_to_bytes", .optional("default_unit", .string("B")),
        .optional("handle_metric", .bool(false))
      ) { value, given, evaluation in
        let bytes = ByteSize.bytes(
          try evaluation.text(value), defaultUnit: try evaluation.text(given[0]),
          isMetric: try evaluation.isTrue(given[1]))
        guard let bytes else {
          throw TemplateFailure(.operation, "\(try evaluation.text(value)) is more bytes than 64 bits hold")
        }
        return .int(bytes)
      },
    ]
  }

  private static func int(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    switch try evaluation.defined(value) {
    case .int: return value
    case .bool(let flag): return .int(flag ? 1 : 0)
    case .double(let number): return Int64(exactly: number.rounded(.towardZero)).map(TemplateValue.int) ?? given[0]
    case .string(let text), .markup(let text):
      if let number = PythonNumber.integer(text, base: try evaluation.integer(given[1])) { return .int(number) }
      // `"42.23"|int` is 42.
      let number = PythonNumber.float(text).flatMap { Int64(exactly: $0.rounded(.towardZero)) }
      return number.map(TemplateValue.int) ?? given[0]
    default: return given[0]
    }
  }

  private static func round(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let method = try evaluation.text(given[1])
    guard ["common", "ceil", "floor"].contains(method) else {
      throw TemplateFailure(.operation, "method must be common, ceil or floor")
    }
    let precision = try evaluation.integer(given[0])
    guard (-300...300).contains(precision) else {
      throw TemplateFailure(.operation, "a precision of \(precision) is too much")
    }
    let number: Double
    switch try evaluation.defined(value) {
    case .int(let whole):
      if method == "common" { return .int(rounded(whole, precision: precision)) }
      number = Double(whole)
    case .bool(let flag):
      if method == "common" { return .int(rounded(flag ? 1 : 0, precision: precision)) }
      number = flag ? 1 : 0
    case .double(let double): number = double
    default: throw TemplateFailure(.operation, "type \(value.typeName) doesn't define __round__ method")
    }
    guard method != "common" else { return .double(rounded(number, precision: precision)) }
    let scale = pow(10, Double(precision))
    return .double((method == "ceil" ? ceil(number * scale) : floor(number * scale)) / scale)
  }

  /// Half goes to the even neighbour.
  private static func rounded(_ number: Int64, precision: Int) -> Int64 {
    guard precision < 0 else { return number }
    guard precision > -19 else { return 0 }
    let unit = (0..<(-precision)).reduce(Int64(1)) { result, _ in result * 10 }
    let remainder = number % unit
    let down = number - remainder
    let twice = remainder.magnitude.multipliedReportingOverflow(by: 2).partialValue
    let isOdd = (down / unit) % 2 != 0
    guard twice > UInt64(unit) || (twice == UInt64(unit) && isOdd) else { return down }
    return down.addingReportingOverflow(number < 0 ? -unit : unit).partialValue
  }

  private static func rounded(_ number: Double, precision: Int) -> Double {
    if precision == 0 { return number.rounded(.toNearestOrEven) }
    guard number.isFinite, precision > 0 else {
      let unit = pow(10, Double(-precision))
      return number.isFinite ? (number / unit).rounded(.toNearestOrEven) * unit : number
    }
    return Double(PythonNumber.fixed(number, digits: min(precision, 60))) ?? number
  }

  private static func number(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    switch try evaluation.defined(value) {
    case .int: return value
    case .bool(let flag): return .int(flag ? 1 : 0)
    case .double(let number):
      guard let whole = Int64(exactly: number.rounded(.towardZero)) else {
        throw TemplateFailure(.operation, "cannot convert float \(PythonText.number(number)) to integer")
      }
      return .int(whole)
    case .string(let text), .markup(let text):
      if let number = PythonNumber.integer(text) { return .int(number) }
      return PythonNumber.float(text).map(TemplateValue.double) ?? value
    default:
      throw TemplateFailure(
        .operation,
        "int() argument must be a string, a bytes-like object or a real number, not '\(value.typeName)'")
    }
  }
}
