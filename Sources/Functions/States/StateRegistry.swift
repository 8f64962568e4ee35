import Value

/// All state functions of a program, by name.
public struct StateRegistry: Sendable {
  private let states: [String: StateFunction]
  public let names: [String]
  /// The modules' names (`file`, `pkg`).
  public let modules: Set<String>
  /// The modules with states that can be watched for (Salt's `mod_watch`).
  public let watchModules: Set<String>
  /// The modules with states that can be done together (Salt's `mod_aggregate`).
  public let aggregateModules: Set<String>

  public init(_ states: [StateFunction] = []) {
    self.states = Dictionary(states.map { ($0.signature.name, $0) }, uniquingKeysWith: { _, last in last })
    names = self.states.keys.sorted()
    modules = Set(states.map(\.signature.module))
    watchModules = Set(states.lazy.filter { $0.watch != nil }.map(\.signature.module))
    aggregateModules = Set(states.lazy.filter { $0.aggregate != nil }.map(\.signature.module))
  }

  public subscript(_ name: String) -> StateFunction? { states[name] }

  public var signatures: [FunctionSignature] { names.compactMap { states[$0]?.signature } }

  public func adding(_ more: [StateFunction]) -> StateRegistry { StateRegistry(Array(states.values) + more) }

  /// The names nearest to one that is not known.
  public func near(_ name: String) -> [String] { NearestName.candidates(for: name, among: names) }
}
