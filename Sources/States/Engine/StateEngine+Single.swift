import Functions
public import OrderedCollections
public import Value

extension StateEngine {
  /// Calls one state function (`state.single`): `{tag: return}`.
  public func single(_ function: String, name: String, arguments: ValueMap) async throws -> Value {
    let words = function.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count >= 2 else {
      context.reportExitCode(StateExit.notCompiled)
      return "Invalid function passed"
    }
    var data: ValueMap = [
      "state": .string(String(words[0])), "fun": .string(String(words[1])), "__id__": .string(name),
      "name": .string(name),
    ]
    for (key, value) in arguments where data[key] == nil { data[key] = value }
    let chunk = LowChunk(data)
    return try await call(chunk) { .map([.string(chunk.tag): $0]) }
  }

  /// Calls one low chunk (`state.low`): its return.
  public func low(_ data: ValueMap) async throws -> Value {
    var data = data
    if data["__id__"] == nil, let name = data["name"] { data["__id__"] = name }
    return try await call(LowChunk(data)) { $0 }
  }

  private func call(_ chunk: LowChunk, _ shape: (Value) -> Value) async throws -> Value {
    try await alone {
      if let refusal = pillarRefusal { return refuse(refusal, StateExit.pillarFailed) }
      let problems = StateDeclaration.problems(
        of: StateCall(position: 0, chunk: chunk, mode: .run), in: context.states)
      guard problems.isEmpty else { return refuse(problems) }
      let runner = StateRunner(context: context, rules: RunRules(context), pillar: recompiledPillar)
      let run = try await runner.run(StatePlan([PlannedState(chunk)]))
      if run.hasFailed { context.reportExitCode(StateExit.failed) }
      return shape(run.value.values.first ?? .map([:]))
    }
  }

  /// Applies a text as if it were an SLS (`state.template_str`). It may not include others.
  public func apply(template text: String) async throws -> Value {
    try await alone {
      if let refusal = pillarRefusal { return refuse(refusal, StateExit.pillarFailed) }
      do {
        let renderer = SLSRenderer(context: context, environment: compiler.defaultEnvironment)
        let document = try await renderer.render(text, path: "", file: "template_str", sls: "")
        guard let entries = document.entries else {
          return refuse(["The text does not render to a map of state ids."])
        }
        let declarations = SLSDeclarations(
          entries, sls: "", environment: compiler.defaultEnvironment, source: document.source)
        guard declarations.problems.isEmpty else { return refuse(declarations.problems) }
        return try await run(declarations.high)
      } catch let problem as StateProblem {
        return refuse([problem])
      }
    }
  }

  /// Applies an SLS file of this host by its path (`state.template`).
  public func apply(file path: String) async throws -> Value {
    let path = path.hasSuffix(".sls") ? path : path + ".sls"
    var overlaid = context
    overlaid.source = SingleFileSource(name: "template.sls", path: path, beside: context.source)
    let compiler = StateCompiler(context: overlaid, environment: request.environment)
    return try await alone {
      if let refusal = pillarRefusal { return refuse(refusal, StateExit.pillarFailed) }
      let (high, problems) = await compiler.highData(of: ["template"], exclude: request.exclude)
      guard problems.isEmpty else { return refuse(problems) }
      return try await run(high)
    }
  }
}
