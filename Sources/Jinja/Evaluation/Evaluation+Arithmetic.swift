extension Evaluation {
  /// An operator with Python's meaning.
  ///
  /// - Throws: Python's TypeError and ZeroDivisionError as `TemplateFailure(.operation)`; results beyond 64 bits; undefined
  ///   operands.
  public func binary(_ symbol: BinaryOperator, _ left: TemplateValue, _ right: TemplateValue) throws -> TemplateValue {
    if case .undefined(let undefined) = left, symbol != .concatenate { throw undefined.failure }
    if case .undefined(let undefined) = right, symbol != .concatenate { throw undefined.failure }
    if case .int(let left) = left, case .int(let right) = right, symbol != .concatenate {
      return try integers(symbol, left, right)
    }
    switch symbol {
    case .concatenate:
      let left = try text(left)
      let right = try text(right)
      try claim(bytes: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case .add: if let sum = try sum(left, right) { return sum }
    case .multiply: if let repeated = try repetition(left, right) { return repeated }
    case .remainder:
      if let format = left.stringValue {
        let text = try PercentFormat(evaluation: self, isMarkup: left.isMarkup).format(format, right)
        return left.isMarkup ? .markup(text) : .string(text)
      }
    default: break
    }
    guard let leftNumber = Number(left), let rightNumber = Number(right) else {
      throw TemplateFailure(
        .operation,
        symbol == .add && left.isSequence
          ? "can only concatenate \(left.typeName) (not \"\(right.typeName)\") to \(left.typeName)"
          : "unsupported operand type(s) for \(symbol.rawValue): '\(left.typeName)' and '\(right.typeName)'",
        hint: symbol == .add && (left.stringValue != nil || right.stringValue != nil)
          ? "'~' joins values of any kind as text" : nil)
    }
    if case .int(let left) = leftNumber, case .int(let right) = rightNumber {
      return try integers(symbol, left, right)
    }
    return .double(try doubles(symbol, leftNumber.double, rightNumber.double))
  }

  private func sum(_ left: TemplateValue, _ right: TemplateValue) throws -> TemplateValue? {
    switch (left, right) {
    case (.string(let left), .string(let right)):
      try claim(bytes: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.markup(let left), .markup(let right)):
      try claim(bytes: left.utf8.count + right.utf8.count)
      return .markup(left + right)
    case (.markup(let left), .string(let right)):
      try claim(bytes: left.utf8.count + right.utf8.count * 6)
      return .markup(left + Markup.escape(right))
    case (.string(let left), .markup(let right)):
      try claim(bytes: left.utf8.count * 6 + right.utf8.count)
      return .markup(Markup.escape(left) + right)
    case (.list(let left), .list(let right)):
      try claim(left.elements.count + right.elements.count, times: 32)
      return .list(TemplateList(left.elements + right.elements))
    case (.tuple(let left), .tuple(let right)):
      try claim(left.count + right.count, times: 32)
      return .tuple(left + right)
    case (.bytes(let left), .bytes(let right)):
      try claim(bytes: left.count + right.count)
      return .bytes(left + right)
    default: return nil
    }
  }

  private func repetition(_ left: TemplateValue, _ right: TemplateValue) throws -> TemplateValue? {
    switch (left, Number(left), right, Number(right)) {
    case (_, nil, _, .int(let count)?): return try repeated(left, count)
    case (_, .int(let count)?, _, nil): return try repeated(right, count)
    default: return nil
    }
  }

  private func repeated(_ value: TemplateValue, _ count: Int64) throws -> TemplateValue? {
    let count = Int(clamping: max(0, count))
    switch value {
    case .string(let text), .markup(let text):
      try claim(count, times: text.utf8.count)
      let repeated = text.isEmpty ? "" : String(repeating: text, count: count)
      return value.isMarkup ? .markup(repeated) : .string(repeated)
    case .bytes(let bytes):
      try claim(count, times: bytes.count)
      return .bytes(bytes.isEmpty ? [] : Array(repeatElement(bytes, count: count).joined()))
    case .list(let list): return .list(TemplateList(try repeated(list.elements, count)))
    case .tuple(let elements): return .tuple(try repeated(elements, count))
    default: return nil
    }
  }

  private func repeated(_ elements: [TemplateValue], _ count: Int) throws -> [TemplateValue] {
    guard !elements.isEmpty else { return [] }
    try claim(count, times: elements.count * 32)
    return Array(repeatElement(elements, count: count).joined())
  }
}

extension TemplateValue {
  fileprivate var isSequence: Bool {
    switch self {
    case .string, .list, .tuple: true
    default: false
    }
  }
}

extension BinaryOperator {
  /// As it stands in a template.
  var symbol: String { self == .power ? "**" : rawValue }
}
