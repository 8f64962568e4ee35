import Functions
import HostSystem
import OrderedCollections
import Sealing
import States
import Value
import Wire

/// One compile on the master: within its time and memory, with the minion's id and grains as the master has them.
struct PillarCompilation: Sendable {
  /// Bytes of texts and lists that one template may build.
  private static let memoryLimit = 64 << 20
  /// A larger pillar does not fit into a message beside other things.
  static let sizeLimit = 8 << 20

  let settings: PillarSettings
  let nodegroups: ValueMap
  let functions: FunctionRegistry
  let states: StateRegistry
  let keyring: PillarKeyring
  let commands: any CommandRunner
  let watch: DeadlineWatch
  let git: GitPillarPart.Source

  /// What many compiles for matching have in common.
  func share() -> PillarShare {
    PillarShare(settings.options, environment: settings.options["pillarenv"]?.stringValue)
  }

  /// - Parameter share: `share()`, when many are compiled.
  func run(
    _ id: MinionID, grains: ValueMap, environment: String? = nil, saltenv: String? = nil, override: ValueMap = [:],
    secrets: PillarSecretHandling, share: PillarShare? = nil
  ) async -> CompiledPillar {
    var options = settings.options
    options["id"] = .string(id.text)
    options["nodegroups"] = .map(nodegroups)
    if let saltenv { options["saltenv"] = .string(saltenv) }
    var grains = grains
    // Its name is the one thing about a minion that it cannot choose.
    grains["id"] = .string(id.text)
    options["grains"] = .map(grains)
    let limit = Duration.seconds(settings.timeout)
    let context = FunctionContext(
      commands: commands, files: HostFiles(), grains: grains, options: options, registry: functions, states: states,
      templates: JinjaRenderer(timeLimit: limit, memoryLimit: Self.memoryLimit))
    let compiler = PillarCompiler(
      context: context, environment: environment ?? settings.options["pillarenv"]?.stringValue, override: override,
      keyring: keyring, secrets: secrets, share: share, git: git)
    let late = PillarProblem("The pillar was not compiled within \(settings.timeout) s (pillar_timeout).")
    // What is late has its programs ended and its templates' time is up; it is waited for, so that no more compiles run
    // at once than may.
    let compiled = await watch.run(within: limit) { await compiler.compile() }
    return Self.bounded(compiled ?? CompiledPillar(problems: [late]))
  }

  private static func bounded(_ compiled: CompiledPillar) -> CompiledPillar {
    guard compiled.problems.isEmpty else { return compiled }
    // Its secrets go with it once more.
    let size = MessagePackWriter.encode(.map(compiled.pillar)).count + compiled.secrets.reduce(0) { $0 + $1.count }
    guard size > sizeLimit else { return compiled }
    return CompiledPillar(
      problems: [
        PillarProblem("The pillar has \(size) bytes; it may have \(sizeLimit). Large files belong to file_roots.")
      ])
  }
}
