import Value

/// Reads a word of the command line or an SLS as the type that a parameter wants.
enum ArgumentConversion {
  static func convert(_ value: Value, for parameter: Parameter, _ refusal: (String) -> FunctionError)
    throws(FunctionError) -> Value
  {
    if value.isNull, parameter.defaultValue != nil { return .null }
    guard let converted = convert(value, to: parameter.type) else {
      throw refusal("'\(parameter.name)' takes \(parameter.type.rawValue), not \(value.kindName) ('\(value)').")
    }
    if !parameter.choices.isEmpty, !parameter.choices.contains(converted.description) {
      throw refusal(
        "'\(parameter.name)' is one of \(parameter.choices.joined(separator: ", ")), not '\(converted)'.")
    }
    return converted
  }

  private static func convert(_ value: Value, to type: ParameterType) -> Value? {
    switch (type, value) {
    case (.any, _), (.bool, .bool), (.int, .int), (.number, .int), (.number, .double), (.string, .string),
      (.list, .list), (.map, .map), (.string, .bytes):
      value
    case (.bool, .string(let text)): bool(text)
    case (.bool, .int(let number)): number == 0 ? false : number == 1 ? true : nil
    case (.int, .string(let text)): Int64(text).map(Value.int)
    case (.number, .string(let text)): Int64(text).map(Value.int) ?? Double(text).map(Value.double)
    case (.string, .int), (.string, .double), (.string, .bool): .string(value.description)
    case (.commandLine, .string), (.commandLine, .list): value
    case (.commandLine, .int), (.commandLine, .double), (.commandLine, .bool): .string(value.description)
    case (.list, .string(let text)), (.stringList, .string(let text)):
      .list(text.split(separator: ",").map { .string(trimmed($0)) })
    case (.list, .int), (.list, .double), (.list, .bool): .list([value])
    case (.stringList, .list(let items)): items.contains { $0.listValue != nil } ? nil : .list(items)
    case (.stringList, .int), (.stringList, .double): .list([.string(value.description)])
    default: nil
    }
  }

  private static func bool(_ text: String) -> Value? {
    switch text.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: nil
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
