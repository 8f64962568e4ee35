import Functions
import OrderedCollections
public import Value

/// What a tree would do, without doing it. Problems of the tree are a list of sentences; those of the pillar are thrown.
extension StateEngine {
  /// High data of SLS (`state.show_sls`).
  public func showSLS(_ sls: [String]) async throws -> Value {
    try refusePillar()
    let (high, problems) = await compiler.highData(of: sls, exclude: request.exclude)
    let all = problems + compiler.problems(of: high)
    return all.isEmpty ? .map(high.value) : refuse(all)
  }

  /// Low chunks of SLS as declared (`state.show_low_sls`).
  public func showLowSLS(_ sls: [String]) async throws -> Value {
    try refusePillar()
    let (high, problems) = await compiler.highData(of: sls, exclude: request.exclude)
    guard problems.isEmpty else { return refuse(problems) }
    return chunks(compiler.lowChunks(high, merging: false))
  }

  /// High data of the top file's SLS (`state.show_highstate`).
  public func showHighState() async throws -> Value {
    try refusePillar()
    return try await highState { .map($0.value) }
  }

  /// Low chunks of the top file's SLS in the order of the run (`state.show_lowstate`).
  public func showLowState() async throws -> Value {
    try refusePillar()
    return try await highState { chunks(compiler.lowChunks($0)) }
  }

  /// The SLS that states come from, in the order of the run (`state.show_states`).
  public func showStates() async throws -> Value {
    try refusePillar()
    return try await highState { high in
      switch compiler.stateNames(high) {
      case .success(let names): .strings(names)
      case .failure(let error): refuse(error.problems)
      }
    }
  }

  /// What the top file has for this host (`state.show_top`).
  public func showTop() async throws -> Value {
    try refusePillar()
    do {
      return .map(try await compiler.topMatches())
    } catch let error as StateProblems {
      return refuse(error.problems)
    }
  }

  /// All SLS exist and can be rendered (`state.sls_exists`).
  public func exists(_ sls: [String]) async throws -> Bool {
    try refusePillar()
    let (high, problems) = await compiler.highData(of: sls)
    return problems.isEmpty && compiler.problems(of: high).isEmpty
  }

  /// All ids are declared in the SLS (`state.id_exists`).
  public func declares(_ ids: [String], in sls: [String]) async throws -> Bool {
    try refusePillar()
    let (high, problems) = await compiler.highData(of: sls)
    guard problems.isEmpty, case .success(let chunks) = compiler.lowChunks(high, merging: false) else { return false }
    return Set(ids).isSubset(of: Set(chunks.map(\.id)))
  }

  private func highState(_ shape: (HighData) -> Value) async throws -> Value {
    do {
      let (high, problems) = try await compiler.highState(exclude: request.exclude)
      return problems.isEmpty ? shape(high) : refuse(problems)
    } catch let error as StateProblems {
      return refuse(error.problems)
    }
  }

  private func chunks(_ result: Result<[LowChunk], StateProblems>) -> Value {
    switch result {
    case .success(let chunks): .list(chunks.map { .map($0.data) })
    case .failure(let error): refuse(error.problems)
    }
  }

  private func refusePillar() throws {
    guard let refusal = pillarRefusal else { return }
    context.reportExitCode(StateExit.pillarFailed)
    throw FunctionError(.failed, "Pillar failed to render", hint: refusal.dropFirst().joined(separator: "\n"))
  }
}
