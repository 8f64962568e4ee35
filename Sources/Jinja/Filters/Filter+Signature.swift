extension Filter {
  /// - Parameters:
  ///   - function: Python's name of it, which its error messages have.
  ///   - hidden: how many parameters Jinja fills in before the value (environment or context): messages count them.
  ///   - parameters: those after the value.
  ///   - body: gets the value, and the arguments in the order of the parameters, defaults filled in.
  init(
    _ name: String, _ function: String, hidden: Int = 0, _ parameters: TemplateParameter...,
    body: @escaping (TemplateValue, [TemplateValue], Evaluation) throws -> TemplateValue
  ) {
    let defaults = parameters.compactMap(\.defaultValue)
    let needsNone = defaults.count == parameters.count
    self.init(name) { value, arguments, evaluation in
      if needsNone, arguments.positional.isEmpty, arguments.named.isEmpty {
        return try body(value, defaults, evaluation)
      }
      let before = (0...hidden).map { TemplateParameter.required("(\($0))") }
      var arguments = arguments
      arguments.positional.insert(contentsOf: repeatElement(value, count: hidden + 1), at: 0)
      let bound = try arguments.bind(function, before + parameters)
      return try body(value, Array(bound.dropFirst(hidden + 1)), evaluation)
    }
  }
}

extension TemplateTest {
  /// As `Filter.init` with a signature.
  init(
    _ name: String, _ function: String, _ parameters: TemplateParameter...,
    body: @escaping (TemplateValue, [TemplateValue], Evaluation) throws -> Bool
  ) {
    let isBare = parameters.isEmpty
    self.init(name) { value, arguments, evaluation in
      if isBare, arguments.positional.isEmpty, arguments.named.isEmpty { return try body(value, [], evaluation) }
      var arguments = arguments
      arguments.positional.insert(value, at: 0)
      let bound = try arguments.bind(function, [.required("(0)")] + parameters)
      return try body(value, Array(bound.dropFirst()), evaluation)
    }
  }
}
