extension Evaluation {
  func evaluateCall(
    _ callee: Expression, _ arguments: CallArguments, _ offset: Int, _ frame: Frame
  ) throws -> TemplateValue {
    if case .attribute(let object, let name) = callee.kind {
      let value = try evaluate(object, frame)
      // Undefined objects fail before their arguments are looked at, as in Python.
      if case .undefined(let undefined) = value {
        place = object.offset
        throw undefined.failure
      }
      if BoundMethod.exists(name, on: value) {
        let arguments = try evaluate(arguments, frame)
        place = callee.offset
        return try call(method: name, of: value, arguments)
      }
      place = callee.offset
      let function = try attribute(name, of: value)
      return try evaluateCall(of: function, arguments, callee.offset, frame)
    }
    let function = try evaluate(callee, frame)
    return try evaluateCall(of: function, arguments, callee.offset, frame)
  }

  private func evaluateCall(
    of function: TemplateValue, _ arguments: CallArguments, _ offset: Int, _ frame: Frame
  ) throws -> TemplateValue {
    let arguments = try evaluate(arguments, frame)
    place = offset
    return try call(function, arguments)
  }

  func evaluateFilter(
    _ value: Expression, _ name: String, _ arguments: CallArguments, _ offset: Int, _ frame: Frame
  ) throws -> TemplateValue {
    let value = try evaluate(value, frame)
    let arguments = arguments.isEmpty ? TemplateArguments() : try evaluate(arguments, frame)
    place = offset
    defer { place = offset }
    return try apply(filter: name, to: value, arguments)
  }

  func evaluateTest(
    _ value: Expression, _ name: String, _ arguments: CallArguments, _ offset: Int, _ frame: Frame
  ) throws -> Bool {
    let value = try evaluate(value, frame)
    let arguments = arguments.isEmpty ? TemplateArguments() : try evaluate(arguments, frame)
    place = offset
    return try apply(test: name, to: value, arguments)
  }

  /// The arguments of a call, `*list` and `**dict` spread out.
  func evaluate(_ arguments: CallArguments, _ frame: Frame) throws -> TemplateArguments {
    var result = TemplateArguments(try evaluate(arguments.positional, frame))
    for (name, value) in arguments.named { result.named.append((name, try evaluate(value, frame))) }
    if let spread = arguments.spreadList {
      let value = try evaluate(spread, frame)
      place = spread.offset
      result.positional += try elements(of: value)
    }
    if let spread = arguments.spreadDict {
      let value = try evaluate(spread, frame)
      place = spread.offset
      guard case .dict(let dict) = value else {
        if case .undefined(let undefined) = value { throw undefined.failure }
        throw TemplateFailure(.operation, "argument after ** must be a mapping, not \(value.typeName)")
      }
      for (key, value) in dict.entries {
        guard case .string(let name) = key else { throw TemplateFailure(.operation, "keywords must be strings") }
        guard !result.named.contains(where: { $0.name == name }) else {
          throw TemplateFailure(.operation, "got multiple values for keyword argument '\(name)'")
        }
        result.named.append((name, value))
      }
    }
    return result
  }
}
