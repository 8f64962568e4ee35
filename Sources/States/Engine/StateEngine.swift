public import Functions
public import OrderedCollections
public import Value

/// Applies SLS trees to this host, and shows them: what `state.*` functions stand on.
///
/// Returns are Salt's: `{tag: {…}}` in the order of execution, or a list of sentences when the tree could not be
/// compiled, in which case nothing was done. Exit codes go through `FunctionContext.reportExitCode`.
public struct StateEngine: Sendable {
  let context: FunctionContext
  let request: StateRequest
  /// `state.apply`, for those who wait for this run.
  let function: String
  let compiler: StateCompiler

  /// Takes file source, template engine and pillar of the context, or the master's or the host's own where it has none.
  ///
  /// - Throws: `FunctionError` when the master cannot be asked.
  public init(_ context: FunctionContext, _ request: StateRequest = StateRequest(), function: String = "state.apply")
    async throws
  {
    var prepared = try await MasterlessContext.prepare(
      context, pillarOverride: request.pillar, pillarEnvironment: request.pillarEnvironment)
    prepared = MasterlessContext.unmasked(prepared)
    prepared.isTest = request.isTest ?? (prepared.isTest || prepared.options["test"] == true)
    if let environment = request.environment { prepared.options["saltenv"] = .string(environment) }
    self.context = prepared
    self.request = request
    self.function = function
    compiler = StateCompiler(context: prepared, environment: request.environment)
  }

  // MARK: Running

  /// Applies SLS by name (`state.sls`), globs allowed.
  public func apply(_ sls: [String]) async throws -> Value {
    try await alone {
      if let refusal = pillarRefusal { return refuse(refusal, StateExit.pillarFailed) }
      let (high, problems) = await compiler.highData(of: sls, exclude: request.exclude)
      guard problems.isEmpty else { return refuse(problems) }
      return try await run(high)
    }
  }

  /// Applies what the top file has for this host (`state.highstate`).
  public func applyHighState() async throws -> Value {
    try await alone {
      if let refusal = pillarRefusal { return refuse(refusal, StateExit.pillarFailed) }
      let (high, problems): (HighData, [StateProblem])
      do {
        (high, problems) = try await compiler.highState(exclude: request.exclude, whitelist: request.whitelist)
      } catch let error as StateProblems {
        // As Salt: a file that cannot be rendered is a failed return, one of the wrong shape a list.
        guard let first = error.problems.first, first.message.hasPrefix("Unable to render top file"),
          !first.message.hasSuffix("Top data was not formed as a dict")
        else { return refuse(error.problems) }
        return noStates(first.description, StateExit.notCompiled)
      }
      guard problems.isEmpty else { return refuse(problems) }
      guard high.isEmpty else { return try await run(high) }
      let matches = (try? await compiler.topMatches()) ?? [:]
      return noStates(
        matches.isEmpty
          ? "No Top file or master_tops data matches found. Please see master log for details."
          : "No states found for this minion", StateExit.failed)
    }
  }

  /// Applies one id of SLS, and what it requires (`state.sls_id`).
  public func apply(id: String, of sls: [String]) async throws -> Value {
    try await alone {
      if let refusal = pillarRefusal { return refuse(refusal, StateExit.pillarFailed) }
      let (high, problems) = await compiler.highData(of: sls)
      guard problems.isEmpty else { return refuse(problems) }
      guard let value = try await run(high, where: { $0.id == id }) else {
        throw FunctionError(
          .badArguments,
          "No matches for ID '\(id)' found in SLS '\(sls.joined(separator: ","))' within saltenv "
            + "'\(compiler.defaultEnvironment)'", hint: "`state.show_low_sls` lists the ids.")
      }
      return value
    }
  }

  /// Applies high data (`state.high`).
  public func apply(high: ValueMap) async throws -> Value {
    try await alone { try await run(HighData(high, environment: compiler.defaultEnvironment)) }
  }

  // MARK: Parts

  /// Runs the plan of high data.
  func run(_ high: HighData) async throws -> Value { try await run(high, where: { _ in true }) ?? .map([:]) }

  /// Runs those states of high data that are chosen; nil when none is.
  private func run(_ high: HighData, where isChosen: (LowChunk) -> Bool) async throws -> Value? {
    let compiled: CompiledStates
    switch compiler.compile(high) {
    case .success(let states): compiled = states
    case .failure(let error): return refuse(error.problems)
    }
    let chosen = compiled.plan.states.indices.filter { isChosen(compiled.plan.states[$0].chunk) }
    guard !chosen.isEmpty || compiled.plan.states.isEmpty else { return nil }
    let runner = StateRunner(context: context, rules: RunRules(context), pillar: recompiledPillar)
    let run = try await runner.run(compiled.plan, only: chosen, missingListens: compiled.missingListens)
    if run.hasFailed { context.reportExitCode(StateExit.failed) }
    return .map(request.isTerse || context.options["state_data"] == "terse" ? run.remarkable : run.value)
  }

  /// Sentences of what is wrong, as the whole return.
  func refuse(_ problems: [StateProblem]) -> Value { refuse(problems.map(\.description)) }

  func refuse(_ sentences: [String], _ code: Int32 = StateExit.notCompiled) -> Value {
    context.reportExitCode(code)
    return .strings(sentences)
  }

  /// What is wrong with the pillar: half a pillar is worse than none.
  var pillarRefusal: [String]? {
    guard !request.isForced, let errors = context.pillar["_errors"]?.listValue, !errors.isEmpty else { return nil }
    return ["Pillar failed to render with the following messages:"] + errors.map(\.description)
  }

  /// For `reload_pillar`: the pillar as it is by now.
  var recompiledPillar: @Sendable (FunctionContext) async throws -> ValueMap {
    let request = request
    return { context in
      let environment = request.pillarEnvironment ?? context.options["pillarenv"]?.stringValue
      if let master = context.master {
        return try await master.pillar(
          environment: environment, override: request.pillar, saltenv: request.environment)
      }
      guard context.options["pillar_roots"] != nil else { return context.pillar }
      return await PillarCompiler(
        context: context, environment: environment, override: request.pillar
      ).compile().value
    }
  }

  private func noStates(_ comment: String, _ code: Int32) -> Value {
    context.reportExitCode(code)
    return [
      "no_|-states_|-states_|-None": [
        "result": false, "comment": .string(comment), "name": "No States", "changes": [:], "__run_num__": 0,
      ]
    ]
  }

  /// Runs the body when no other state run of this host is under way.
  func alone(_ body: () async throws -> Value) async throws -> Value {
    guard let directory = context.options["state_dir"]?.stringValue, !request.isConcurrent else {
      return try await body()
    }
    let lock = StateLock(directory: directory, job: context.jobID, function: function)
    guard let hold = try await lock.acquire(isWaiting: request.isWaiting, progress: context.progress) else {
      context.reportExitCode(StateExit.notCompiled)
      return .strings(StateLock.owner(in: directory).map { [$0.sentence] } ?? [])
    }
    defer { hold.release() }
    return try await body()
  }
}

extension StateEngine {
  /// The same in test mode.
  public func testing() -> StateEngine {
    var context = context
    context.isTest = true
    return StateEngine(prepared: context, request, function: function)
  }

  /// The same with another top file than the configured one.
  public func withTopFile(_ path: String) -> StateEngine {
    var context = context
    context.options["state_top"] = .string(path)
    return StateEngine(prepared: context, request, function: function)
  }

  /// Sentences about the state run that is under way on the host of a context.
  public static func running(_ context: FunctionContext) -> [String] {
    guard let directory = context.options["state_dir"]?.stringValue, let owner = StateLock.owner(in: directory),
      owner.job != context.jobID || context.jobID.isEmpty
    else { return [] }
    return [owner.sentence]
  }

  private init(prepared context: FunctionContext, _ request: StateRequest, function: String) {
    self.context = context
    self.request = request
    self.function = function
    compiler = StateCompiler(context: context, environment: request.environment)
  }
}
