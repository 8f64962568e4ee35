public import Value

/// A state: something a host is to be, its signature and what makes it so.
///
/// The first parameter is always `name`. Requisites and other words of the state engine (`require`, `unless`, `order`, …)
/// are never parameters: the engine takes them out before it binds the rest.
public struct StateFunction: Sendable {
  public typealias Body = @Sendable (Arguments, StateContext) async throws -> StateResult

  /// `module.function`, with Salt's parameters. `effect` is `.change`.
  public var signature: FunctionSignature
  public var body: Body
  /// Run instead of nothing when a state that this one watches has changed (Salt's `mod_watch`). It gets the same
  /// arguments, and its result is added to the state's own. Nil where the module has none.
  public var watch: Body?
  /// Makes one low chunk of this state's and those of later states of its module that may be done with it
  /// (`aggregate`, Salt's `mod_aggregate`). Nil where states are only ever done one by one.
  public var aggregate: Aggregation?

  public typealias Aggregation = @Sendable (_ chunk: ValueMap, _ others: [ValueMap]) -> ValueMap

  public init(
    _ name: String, _ summary: String, details: String = "", parameters: [Parameter] = [], watch: Body? = nil,
    aggregate: Aggregation? = nil, body: @escaping Body
  ) {
    signature = FunctionSignature(
      name: name, summary: summary, details: details, parameters: parameters, effect: .change)
    self.watch = watch
    self.aggregate = aggregate
    self.body = body
  }
}
