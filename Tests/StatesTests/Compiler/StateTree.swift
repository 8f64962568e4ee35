import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import States
import Value

/// A tree of SLS files in a directory of its own, for tests.
struct StateTree {
  let directory: TemporaryDirectory
  var context: FunctionContext

  /// - Parameters:
  ///   - files: texts by path; `dev:` before a path puts it into that environment.
  ///   - watching: modules that have a `mod_watch`.
  init(
    _ files: [String: String], grains: ValueMap = ["id": "web1", "role": "web"], pillar: ValueMap = [:],
    options: ValueMap = ["id": "web1"], watching: [String] = ["test", "cmd", "service", "pkg"]
  ) throws {
    directory = try TemporaryDirectory()
    var roots: OrderedDictionary<String, [String]> = ["base": [directory.path("base")]]
    for (name, text) in files {
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      let (environment, path) = parts.count == 2 ? (parts[0], parts[1]) : ("base", name)
      roots[environment] = [directory.path(environment)]
      try Self.write(text, directory.path("\(environment)/\(path)"))
    }
    let states = watching.map { module in
      StateFunction("\(module).run", "", watch: { _, _ in StateResult(true, "") }) { _, _ in StateResult(true, "") }
    }
    let echo = Function("test.echo", "", effect: .read, parameters: [.required("text", .any, "")]) { arguments, _ in
      arguments["text"]
    }
    let fail = Function("test.fail", "", effect: .read) { _, _ in throw FunctionError(.failed, "it is broken") }
    context = FunctionContext(
      commands: ScriptedCommands([:]), files: HostFiles(), grains: grains, options: options,
      registry: FunctionRegistry([echo, fail]), states: StateRegistry(states), pillar: pillar,
      source: LocalFileSource(FileRoots(roots)))
  }

  private static func write(_ text: String, _ path: String) throws {
    if let slash = path.lastIndex(of: "/") { try HostFiles().makeDirectory(String(path[..<slash])) }
    try HostFiles().write(path, text: text)
  }

  var compiler: StateCompiler { StateCompiler(context: context) }

  func compile(_ sls: String...) async -> Result<CompiledStates, StateProblems> {
    let (high, problems) = await compiler.highData(of: sls)
    return problems.isEmpty ? compiler.compile(high) : .failure(StateProblems(problems))
  }

  /// The states of `a.sls` in the order of the run, as `id` or `id/name`.
  func order() async throws -> [String] {
    try await compile("a").get().plan.states.map { state in
      state.chunk.id == state.chunk.name ? state.chunk.id : "\(state.chunk.id)/\(state.chunk.name)"
    }
  }

  /// What is wrong with `a.sls`.
  func problems() async -> [StateProblem] {
    if case .failure(let error) = await compile("a") { error.problems } else { [] }
  }
}
