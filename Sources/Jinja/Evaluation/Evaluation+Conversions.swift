extension Evaluation {
  /// A value used as an index or a count.
  ///
  /// - Throws: Python's TypeError for anything but an integer or a boolean.
  public func integer(_ value: TemplateValue) throws -> Int {
    switch value {
    case .int(let number): return Int(number)
    case .bool(let flag): return flag ? 1 : 0
    case .undefined(let undefined): throw undefined.failure
    default:
      throw TemplateFailure(.operation, "'\(value.typeName)' object cannot be interpreted as an integer")
    }
  }

  /// A value that must be a string.
  public func string(_ value: TemplateValue, _ function: String) throws -> String {
    if let text = value.stringValue { return text }
    if case .undefined(let undefined) = value { throw undefined.failure }
    throw TemplateFailure(.operation, "\(function) must be str, not \(value.typeName)")
  }
}
