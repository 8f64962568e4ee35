public import Value

/// One parameter of a function: what `brine docs` prints and what arguments are checked against before anything is sent.
public struct Parameter: Sendable {
  /// Where the argument comes from.
  public enum Kind: Sendable, Hashable {
    /// By position or by `name=`.
    case normal
    /// All further words by position (Python's `*names`).
    case variadic
    /// All further `k=v` (Python's `**kwargs`), as a map.
    case keywords
  }

  public var name: String
  public var type: ParameterType
  public var kind: Kind
  /// Nil when the parameter is required.
  public var defaultValue: Value?
  public var documentation: String
  /// Closed set of accepted strings; empty when any will do.
  public var choices: [String]

  public static func required(_ name: String, _ type: ParameterType, _ documentation: String, choices: [String] = [])
    -> Parameter
  { .init(name: name, type: type, kind: .normal, defaultValue: nil, documentation: documentation, choices: choices) }

  public static func optional(
    _ name: String, _ type: ParameterType, default value: Value = .null, _ documentation: String, choices: [String] = []
  ) -> Parameter {
    .init(name: name, type: type, kind: .normal, defaultValue: value, documentation: documentation, choices: choices)
  }

  /// Takes every further word; empty when none is given.
  public static func variadic(_ name: String, _ type: ParameterType, _ documentation: String) -> Parameter {
    .init(name: name, type: type, kind: .variadic, defaultValue: .list([]), documentation: documentation, choices: [])
  }

  /// Takes every further `k=v`; empty when none is given.
  public static func keywords(_ name: String, _ documentation: String) -> Parameter {
    .init(name: name, type: .any, kind: .keywords, defaultValue: .map([:]), documentation: documentation, choices: [])
  }
}
