import CommandLine
import Configuration
import Functions
import HostSystem
import Minion
import Modules

struct ConfigurationOptions {
  private static let standard = "/etc/brine"

  static let option = OptionSpecification.value(
    "--config", short: "-c", "config", "Directory of minion.yaml and the host's key; everything else follows it.",
    default: standard)

  let directory: String

  init(_ arguments: ParsedArguments) { directory = arguments.value(Self.option.name) ?? Self.standard }

  /// The configuration, or an exit with a sentence.
  func load() throws -> MinionConfiguration {
    do { return try MinionConfiguration(directory: Self.absolute(directory)) } catch {
      Terminal.error("brine-minion: \(error)")
      throw ExitStatus(2)
    }
  }

  /// A path of the command line, seen from where the program was started.
  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(HostFiles().linkTarget("/proc/self/cwd") ?? "")/\(path)"
  }

  /// All functions of this host: built-in and the site's.
  func registry(_ configuration: MinionConfiguration) -> FunctionRegistry { modules(configuration).functions }

  /// All functions and states of this host: built-in and the site's.
  func modules(_ configuration: MinionConfiguration) -> (functions: FunctionRegistry, states: StateRegistry) {
    let modules = HostModules(directories: configuration.functionDirectories).load()
    for problem in modules.problems { Terminal.error("brine-minion: \(problem)") }
    return (modules.functions, modules.states)
  }

  /// What a function run by this process may use.
  ///
  /// - Parameter isLocal: without the master, though the host may have one.
  func context(_ configuration: MinionConfiguration, isLocal: Bool = false) async -> FunctionContext {
    let grains = await HostGrains(configuration: configuration).current()
    let modules = modules(configuration)
    var context = FunctionContext(
      commands: SubprocessRunner(), files: HostFiles(), grains: grains, options: configuration.options,
      registry: modules.functions, states: modules.states)
    context.refresh = MinionRefresh(configuration: configuration)
    if !isLocal, let link = MasterLink(configuration) {
      context.master = link
      context.events = link
    } else {
      context.options["file_client"] = "local"
    }
    return context
  }
}
