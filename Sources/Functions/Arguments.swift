public import Value

/// Arguments bound to a signature: every parameter has a value of its type, nothing else is there.
public struct Arguments: Sendable {
  private let values: [String: Value]
  private let signature: FunctionSignature

  /// Binds by position, then by name, as Python does, and converts what words of a command line may mean (`"3"` for an
  /// integer, `"a,b"` for a list of strings).
  ///
  /// - Parameter isPython: beside keywords the words by position have no name, as in Python: one given by that name is
  ///   a keyword.
  /// - Throws: `FunctionError.Code.badArguments`, with the signature in the hint.
  public init(
    binding call: CallArguments, to signature: FunctionSignature, asPython isPython: Bool = false
  ) throws(FunctionError) {
    func refusal(_ message: String) -> FunctionError {
      FunctionError(.badArguments, "\(signature.name): \(message)", hint: "Usage: \(signature.line)")
    }
    var values: [String: Value] = [:]
    var words = call.positional[...]
    for parameter in signature.parameters where parameter.kind != .keywords {
      if parameter.kind == .variadic {
        values[parameter.name] = .list(
          try words.map { (word) throws(FunctionError) in
            try ArgumentConversion.convert(word, for: parameter, refusal)
          })
        words = []
      } else if let word = words.popFirst() {
        values[parameter.name] = try ArgumentConversion.convert(word, for: parameter, refusal)
      }
    }
    guard words.isEmpty else {
      throw refusal("\(words.count) argument(s) too many, from '\(words.first ?? .null)' on.")
    }
    var extra: ValueMap = [:]
    let takesKeywords = signature.parameters.contains { $0.kind == .keywords }
    for (key, value) in call.named {
      let name = key.description
      guard
        let parameter = signature.parameters.first(where: {
          $0.name == name && ($0.kind == .normal || ($0.kind == .variadic && !(takesKeywords && isPython)))
        })
      else {
        extra[key] = value
        continue
      }
      if parameter.kind == .variadic {
        guard values[name] == .list([]) || values[name] == nil else { throw refusal("'\(name)' is given twice.") }
        let items = value.listValue ?? [value]
        values[name] = .list(items)
        continue
      }
      guard values[name] == nil else { throw refusal("'\(name)' is given twice.") }
      values[name] = try ArgumentConversion.convert(value, for: parameter, refusal)
    }
    if let keywords = signature.parameters.first(where: { $0.kind == .keywords }) {
      values[keywords.name] = .map(extra)
    } else if let unknown = extra.keys.first?.description {
      let near = NearestName.candidates(for: unknown, among: signature.parameters.map(\.name))
      throw refusal("there is no argument '\(unknown)'" + (near.first.map { "; did you mean '\($0)'?" } ?? "."))
    }
    for parameter in signature.parameters where values[parameter.name] == nil {
      guard let value = parameter.defaultValue else { throw refusal("'\(parameter.name)' is missing.") }
      values[parameter.name] = value
    }
    self.values = values
    self.signature = signature
  }

  /// The bound value. Asking for a name that the signature lacks is a programming error.
  public subscript(_ name: String) -> Value {
    guard let value = values[name] else { preconditionFailure("\(signature.name) has no parameter '\(name)'") }
    return value
  }

  /// Whether the signature has a parameter of that name.
  public func has(_ name: String) -> Bool { values[name] != nil }

  public func isGiven(_ name: String) -> Bool { !self[name].isNull }
  public func bool(_ name: String) -> Bool { self[name].boolValue ?? false }
  public func int(_ name: String) -> Int? { self[name].intValue.flatMap { Int(exactly: $0) } }
  public func double(_ name: String) -> Double? { self[name].doubleValue }

  /// A string argument; nil when it was not given.
  public func optionalString(_ name: String) -> String? { isGiven(name) ? self[name].description : nil }

  /// A string argument; empty when it was not given.
  public func string(_ name: String) -> String { optionalString(name) ?? "" }

  /// A list of strings; a single string is a list of one.
  public func strings(_ name: String) -> [String] {
    switch self[name] {
    case .null: []
    case .list(let items): items.map(\.description)
    case let other: [other.description]
    }
  }

  public func list(_ name: String) -> [Value] { self[name].listValue ?? [] }
  public func map(_ name: String) -> ValueMap { self[name].mapValue ?? [:] }
}
