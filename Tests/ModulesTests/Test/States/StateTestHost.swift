import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

/// A host in a directory, on which states are run one by one with a memory that they share.
final class StateTestHost: Sendable {
  private let directory: TemporaryDirectory
  var root: String { directory.path }
  let files: HostFiles
  let memory = StateMemory()
  private let grains: ValueMap
  private let pillar: ValueMap
  private let functions: [Function]

  init(grains: ValueMap = [:], pillar: ValueMap = [:], functions: [Function] = []) throws {
    directory = try TemporaryDirectory()
    files = HostFiles(root: directory.path)
    self.grains = grains
    self.pillar = pillar
    self.functions = functions
    for path in ["/etc", "/tmp", "/bin", "/opt", "/srv/salt"] { try files.makeDirectory(path) }
    try files.write("/bin/bash", text: "", mode: 0o755)
  }

  func context(_ commands: any CommandRunner, isTest: Bool, chunk: ValueMap) -> StateContext {
    let context = FunctionContext(
      commands: commands, files: files, grains: grains, options: ["grains_file": "/etc/brine/grains"], isTest: isTest,
      registry: FunctionRegistry(functions), pillar: pillar, source: TestFileSource(files: files),
      templates: TestTemplates())
    return StateContext(
      functions: context, id: "an id", sls: "web.server", environment: "base", chunk: chunk, memory: memory)
  }

  /// Runs one of the states, or what it does when something that it watches has changed.
  func call(
    _ states: [StateFunction], _ function: String, _ named: ValueMap, isTest: Bool = false, isWatch: Bool = false,
    _ commands: any CommandRunner = ScriptedCommands([:])
  ) async throws -> StateResult {
    let state = try #require(states.first { $0.signature.name == function })
    var words = named
    words["name"] = named["name"] ?? "a name"
    let context = context(commands, isTest: isTest, chunk: words)
    words.removeValue(forKey: "__reqs__")
    let arguments = try Arguments(binding: CallArguments([], named: words), to: state.signature)
    return try await (isWatch ? try #require(state.watch) : state.body)(arguments, context)
  }
}

/// The files below /srv/salt.
private struct TestFileSource: FileSource {
  let files: HostFiles

  func localPath(of path: String, environment: String) async throws -> String? {
    let place = "/srv/salt/\(path)"
    return environment == "base" && files.isFile(place) ? place : nil
  }

  func files(below directory: String, environment: String) async throws -> [String] { [] }
  func directories(below directory: String, environment: String) async throws -> [String] { [] }
  func environments() async throws -> [String] { ["base"] }
}

/// Puts variables in place of `{{ name }}`.
private struct TestTemplates: TemplateRenderer {
  func render(
    _ text: String, engine: String, file: String, environment: String, sls: String, variables: ValueMap,
    context: FunctionContext
  ) async throws -> String {
    guard engine == "jinja" else { throw FunctionError(.unavailable, "there is no template engine \(engine)") }
    return variables.reduce(text) { $0.replacing("{{ \($1.key) }}", with: $1.value.description) }
  }
}
