public import Functions
public import OrderedCollections
public import Value

/// From SLS trees to states in order: reads top file and SLS, checks, merges and compiles. Runs nothing but what
/// templates call.
///
/// All problems of a tree are found in one go as far as they can be, in Salt's sentences, with places.
public struct StateCompiler: Sendable {
  public let context: FunctionContext
  /// Salt's `saltenv`: the one environment that counts for the top file; nil for all of them.
  public let environment: String?

  /// - Parameters:
  ///   - context: grains, pillar, options (`id nodegroups top_file_merging_strategy default_top env_order state_top
  ///     state_top_saltenv disabled_requisites jinja_env jinja_sls_env`), functions, states and the file source.
  ///   - environment: `saltenv=` of the run; nil for none.
  public init(context: FunctionContext, environment: String? = nil) {
    self.context = context
    self.environment = environment
  }

  /// The environment of SLS that are named without one.
  public var defaultEnvironment: String { environment ?? "base" }

  // MARK: Top file

  /// What the top file has for this minion (`state.show_top`): `{environment: [sls, …]}`, empty when nothing matches.
  ///
  /// - Throws: `StateProblems`.
  public func topMatches() async throws -> ValueMap {
    var map = ValueMap()
    for (environment, names) in try await matches() { map[.string(environment)] = .strings(names) }
    return map
  }

  private func matches() async throws -> OrderedDictionary<String, [String]> {
    let loader = TopLoader(context: context, environment: environment)
    do {
      let top = try await loader.load()
      let problems = top.problems()
      guard problems.isEmpty else { throw StateProblems(problems) }
      let environments = Set(try await loader.environmentNames())
      return try top.matches(TopMatcher(context, environments: environments, environment: environment))
    } catch let problem as StateProblem {
      throw StateProblems([problem])
    }
  }

  // MARK: High data

  /// The high data of SLS named by a person (`state.apply web,db`; globs are allowed), with what they include.
  ///
  /// - Parameter exclude: names of SLS and `{id: …}`, `{sls: …}` of `exclude=`.
  public func highData(
    of sls: [String], environment: String? = nil, exclude: [Value] = []
  ) async -> (high: HighData, problems: [StateProblem]) {
    await highData([environment ?? defaultEnvironment: sls], exclude: exclude)
  }

  /// The high data of the top file's matches (`state.highstate`).
  ///
  /// - Parameter whitelist: the only names of the top file that count; empty for all.
  /// - Throws: `StateProblems` of the top file. The SLS' own problems are returned.
  public func highState(
    exclude: [Value] = [], whitelist: [String] = []
  ) async throws -> (high: HighData, problems: [StateProblem]) {
    var matches = try await matches()
    if !whitelist.isEmpty {
      matches = matches.mapValues { $0.filter(whitelist.contains) }.filter { !$0.value.isEmpty }
    }
    return await highData(matches, exclude: exclude)
  }

  private func highData(
    _ matches: OrderedDictionary<String, [String]>, exclude: [Value]
  ) async -> (high: HighData, problems: [StateProblem]) {
    var (high, problems) = await SLSLoader.load(matches, context: context)
    high.exclusions += exclude
    return (high, problems)
  }

  // MARK: Compiling

  /// What is wrong with the shape of high data (`state.show_sls` shows it or these).
  public func problems(of high: HighData) -> [StateProblem] { HighDataVerification.problems(of: high) }

  /// Merges `extend`, `_in` requisites, `use` and `exclude`, and puts the states in order.
  public func compile(_ high: HighData) -> Result<CompiledStates, StateProblems> { compilation.compile(high) }

  /// The plan of a run.
  public func plan(_ high: HighData) -> Result<StatePlan, StateProblems> { compile(high).map(\.plan) }

  /// The low chunks as declared: without `extend`, `_in` and `use` (`state.show_low_sls`), or with them
  /// (`state.show_lowstate`).
  public func lowChunks(_ high: HighData, merging: Bool = true) -> Result<[LowChunk], StateProblems> {
    (merging ? compilation.compile(high) : compilation.compileUnmerged(high)).map(\.lowChunks)
  }

  /// The SLS that states come from, in the order of the run (`state.show_states`).
  public func stateNames(_ high: HighData) -> Result<[String], StateProblems> {
    lowChunks(high).map { Array(OrderedSet($0.map(\.sls))) }
  }

  private var compilation: Compilation {
    var modules: Set<String> = []
    for name in context.states.names where context.states[name]?.watch != nil {
      modules.insert(String(name.prefix { $0 != "." }))
    }
    let disabled = context.options["disabled_requisites"]
    return Compilation(
      watchingModules: modules,
      disabledRequisites: Set((disabled?.listValue ?? [disabled].compactMap(\.self)).map(\.description)))
  }
}
