/// A method of a string, list, dict or number, as a value: `{% set add = list.append %}`.
final class BoundMethod: EvaluatingObject {
  private var receiver: [TemplateValue]
  private let name: String

  init(_ receiver: TemplateValue, _ name: String, _ evaluation: Evaluation) {
    self.receiver = [receiver]
    self.name = name
  }

  deinit { Teardown.release(&receiver) }

  var typeName: String { "builtin_function_or_method" }
  var text: String { "<built-in method \(name) of \(receiver.first?.typeName ?? "") object>" }

  func call(_ arguments: TemplateArguments, in evaluation: Evaluation) throws -> TemplateValue? {
    guard let value = receiver.first else { return nil }
    return try Self.call(name, on: value, arguments, evaluation)
  }

  static func exists(_ name: String, on value: TemplateValue) -> Bool {
    switch value {
    case .string, .markup: StringMethods.names.contains(name)
    case .list: ListMethods.names.contains(name)
    case .tuple: ListMethods.tupleNames.contains(name)
    case .dict: DictMethods.names.contains(name)
    case .bytes: BytesMethods.names.contains(name)
    case .int, .bool: NumberMethods.integerNames.contains(name)
    case .double: NumberMethods.floatNames.contains(name)
    case .none, .undefined, .object: false
    }
  }

  /// Attributes that are no methods.
  static func property(_ name: String, of value: TemplateValue) -> TemplateValue? {
    switch (Number(value), name) {
    case (.int(let number)?, "real"), (.int(let number)?, "numerator"): .int(number)
    case (.int?, "imag"): .int(0)
    case (.int?, "denominator"): .int(1)
    case (.double(let number)?, "real"): .double(number)
    case (.double?, "imag"): .double(0)
    default: nil
    }
  }

  static func call(
    _ name: String, on value: TemplateValue, _ arguments: TemplateArguments, _ evaluation: Evaluation
  ) throws -> TemplateValue {
    switch value {
    case .string(let text): return try StringMethods(text, isMarkup: false, evaluation).call(name, arguments)
    case .markup(let text): return try StringMethods(text, isMarkup: true, evaluation).call(name, arguments)
    case .list, .dict:
      if arguments.positional.contains(where: \.isContainer)
        || arguments.named.contains(where: { $0.value.isContainer })
      {
        evaluation.suspects.append(value)
      }
      return try callCollection(name, on: value, arguments, evaluation)
    case .tuple(let elements):
      return try ListMethods(list: TemplateList(elements), evaluation: evaluation).call(name, arguments)
    case .bytes(let bytes): return try BytesMethods.call(name, on: bytes, arguments)
    case .int, .bool, .double: return try NumberMethods.call(name, on: value, arguments)
    case .none, .undefined, .object: break
    }
    throw TemplateFailure(.operation, "'\(value.typeName)' object has no method '\(name)'")
  }

  private static func callCollection(
    _ name: String, on value: TemplateValue, _ arguments: TemplateArguments, _ evaluation: Evaluation
  ) throws -> TemplateValue {
    switch value {
    case .list(let list): try ListMethods(list: list, evaluation: evaluation).call(name, arguments)
    case .dict(let dict): try DictMethods(dict: dict, evaluation: evaluation).call(name, arguments)
    default: .none
    }
  }
}
