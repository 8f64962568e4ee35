import Value

/// The arguments of a call in a template.
public struct TemplateArguments {
  public var positional: [TemplateValue]
  public var named: [(name: String, value: TemplateValue)]

  public init(_ positional: [TemplateValue] = [], named: [(name: String, value: TemplateValue)] = []) {
    self.positional = positional
    self.named = named
  }
}

extension TemplateArguments {
  /// The named argument; nil when it was not given.
  public func named(_ name: String) -> TemplateValue? { named.last { $0.name == name }?.value }

  /// The arguments in the order of the parameters, given by position or by name, as Python binds them.
  ///
  /// - Parameter function: the name in messages.
  /// - Throws: `TemplateFailure(.operation)` with Python's text: missing, unexpected, doubled or too many arguments.
  public func bind(_ function: String, _ parameters: TemplateParameter...) throws -> [TemplateValue] {
    try bind(function, parameters)
  }

  public func bind(_ function: String, _ parameters: [TemplateParameter]) throws -> [TemplateValue] {
    if named.isEmpty, positional.count == parameters.count { return positional }
    guard positional.count <= parameters.count else { throw tooMany(function, parameters) }
    var bound: [TemplateValue?] = positional.map(Optional.some)
    bound.append(contentsOf: parameters.dropFirst(positional.count).map { _ in nil })
    for (name, value) in named {
      guard let index = parameters.firstIndex(where: { $0.name == name }) else {
        let near = NearestName.candidates(for: name, among: parameters.map(\.name)).first
        throw TemplateFailure(
          .operation, "\(function)() got an unexpected keyword argument '\(name)'",
          hint: near.map { "did you mean '\($0)'?" })
      }
      guard case nil = bound[index] else {
        throw TemplateFailure(.operation, "\(function)() got multiple values for argument '\(name)'")
      }
      bound[index] = value
    }
    var result: [TemplateValue] = []
    var missing: [String] = []
    for (parameter, value) in zip(parameters, bound) {
      if let value = value ?? parameter.defaultValue {
        result.append(value)
      } else {
        missing.append("'\(parameter.name)'")
      }
    }
    guard missing.isEmpty else {
      throw TemplateFailure(
        .operation,
        "\(function)() missing \(missing.count) required positional argument\(missing.count == 1 ? "" : "s"): "
          + Self.enumeration(missing))
    }
    return result
  }

  private func tooMany(_ function: String, _ parameters: [TemplateParameter]) -> TemplateFailure {
    let least = parameters.count { $0.defaultValue == nil }
    let most = parameters.count
    let range = least == most ? "\(most)" : "from \(least) to \(most)"
    return TemplateFailure(
      .operation,
      "\(function)() takes \(range) positional argument\(most == 1 ? "" : "s") but \(positional.count) "
        + "\(positional.count == 1 ? "was" : "were") given")
  }

  private static func enumeration(_ names: [String]) -> String {
    switch names.count {
    case 0, 1: names.first ?? ""
    case 2: "\(names[0]) and \(names[1])"
    default: names.dropLast().joined(separator: ", ") + ", and \(names[names.count - 1])"
    }
  }
}
