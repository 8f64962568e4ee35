public import Value

/// What high data has under one id: state modules with their arguments, and where they were written.
public struct Declaration: Sendable, Hashable {
  /// Salt's shape: module to list of a function's name and one-key maps, then `__sls__`, `__env__` and
  /// `__sls_included_from__`.
  public var body: ValueMap
  public var place: SourcePlace
  /// The line of each module's declaration.
  public var lines: [String: Int]

  public init(_ body: ValueMap, place: SourcePlace, lines: [String: Int] = [:]) {
    self.body = body
    self.place = place
    self.lines = lines
  }

  public var sls: String { body["__sls__"]?.description ?? "" }
  public var environment: String { body["__env__"]?.description ?? "base" }

  /// The modules declared, without the words of the engine.
  var modules: [String] { body.keys.compactMap(\.stringValue).filter { !$0.hasPrefix("__") } }

  /// The arguments of a module; nil when it is not declared or not a list.
  func arguments(of module: String) -> [Value]? { body[module]?.listValue }

  /// Splits `module.function` into its module and function, as Salt does: the function is what stands between the
  /// first two dots.
  static func split(_ name: String) -> (module: String, function: String)? {
    let parts = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count > 1 ? (String(parts[0]), String(parts[1])) : nil
  }
}
