import Glibc

extension Evaluation {
  func integers(_ symbol: BinaryOperator, _ left: Int64, _ right: Int64) throws -> TemplateValue {
    switch symbol {
    case .add: return try checked(left.addingReportingOverflow(right), symbol)
    case .subtract: return try checked(left.subtractingReportingOverflow(right), symbol)
    case .multiply: return try checked(left.multipliedReportingOverflow(by: right), symbol)
    case .divide:
      guard right != 0 else { throw TemplateFailure(.operation, "division by zero") }
      return .double(Double(left) / Double(right))
    case .floorDivide:
      guard right != 0 else { throw TemplateFailure(.operation, "integer division or modulo by zero") }
      let (quotient, overflow) = left.dividedReportingOverflow(by: right)
      if overflow { throw tooLarge(symbol) }
      return .int(quotient - (left % right != 0 && (left < 0) != (right < 0) ? 1 : 0))
    case .remainder:
      guard right != 0 else { throw TemplateFailure(.operation, "integer modulo by zero") }
      if right == -1 { return .int(0) }
      let remainder = left % right
      return .int(remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder)
    case .power: return try power(left, right)
    case .concatenate: return .string(String(left) + String(right))
    }
  }

  private func power(_ base: Int64, _ exponent: Int64) throws -> TemplateValue {
    guard exponent >= 0 else {
      guard base != 0 else { throw TemplateFailure(.operation, "0.0 cannot be raised to a negative power") }
      return .double(pow(Double(base), Double(exponent)))
    }
    var result: Int64 = 1
    var factor = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: factor)
        if overflow { throw tooLarge(.power) }
        result = product
      }
      rest >>= 1
      guard rest > 0 else { break }
      let (square, overflow) = factor.multipliedReportingOverflow(by: factor)
      if overflow { throw tooLarge(.power) }
      factor = square
    }
    return .int(result)
  }

  func doubles(_ symbol: BinaryOperator, _ left: Double, _ right: Double) throws -> Double {
    switch symbol {
    case .add: return left + right
    case .subtract: return left - right
    case .multiply: return left * right
    case .divide:
      guard right != 0 else { throw TemplateFailure(.operation, "float division by zero") }
      return left / right
    case .floorDivide, .remainder:
      guard right != 0 else {
        throw TemplateFailure(.operation, symbol == .remainder ? "float modulo" : "float floor division by zero")
      }
      var remainder = fmod(left, right)
      var quotient = (left - remainder) / right
      if remainder != 0, (right < 0) != (remainder < 0) {
        remainder += right
        quotient -= 1
      }
      if symbol == .remainder { return remainder == 0 ? copysign(0, right) : remainder }
      guard quotient != 0 else { return copysign(0, left / right) }
      let floor = quotient.rounded(.down)
      return quotient - floor > 0.5 ? floor + 1 : floor
    case .power:
      if left == 0, right < 0 {
        throw TemplateFailure(.operation, "0.0 cannot be raised to a negative power")
      }
      let result = pow(left, right)
      guard !result.isNaN || left.isNaN || right.isNaN else {
        throw TemplateFailure(.operation, "the power of a negative number with a fraction is not a real number")
      }
      guard result.isFinite || !left.isFinite || !right.isFinite else {
        throw TemplateFailure(.operation, "(34, 'Numerical result out of range')")
      }
      return result
    case .concatenate: return 0
    }
  }

  private func checked(
    _ result: (partialValue: Int64, overflow: Bool), _ symbol: BinaryOperator
  ) throws -> TemplateValue {
    if result.overflow { throw tooLarge(symbol) }
    return .int(result.partialValue)
  }

  private func tooLarge(_ symbol: BinaryOperator) -> TemplateFailure {
    TemplateFailure(.operation, "the result of '\(symbol.symbol)' does not fit in 64 bits")
  }

  /// `-value` and `+value`.
  func negated(_ value: TemplateValue) throws -> TemplateValue {
    switch Number(value) {
    case .int(let number): return try checked((0 as Int64).subtractingReportingOverflow(number), .subtract)
    case .double(let number): return .double(-number)
    case nil: throw badOperand(value, "-")
    }
  }

  func positive(_ value: TemplateValue) throws -> TemplateValue {
    switch Number(value) {
    case .int(let number): return .int(number)
    case .double(let number): return .double(number)
    case nil: throw badOperand(value, "+")
    }
  }

  private func badOperand(_ value: TemplateValue, _ symbol: String) -> TemplateFailure {
    if case .undefined(let undefined) = value { return undefined.failure }
    return TemplateFailure(.operation, "bad operand type for unary \(symbol): '\(value.typeName)'")
  }
}
