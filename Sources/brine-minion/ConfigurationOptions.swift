import CommandLine
import Configuration
import Functions
import HostSystem
import Minion
import Modules
import Value

struct ConfigurationOptions {
  private static let standard = "/etc/brine"

  static let option = OptionSpecification.value(
    "--config", "config", "Directory of minion.yaml and the host's key; everything else follows it.",
    default: standard)

  let directory: String

  init(_ arguments: ParsedArguments) { directory = arguments.value(Self.option.name) ?? Self.standard }

  /// The configuration, or an exit with a sentence.
  func load() throws -> MinionConfiguration {
    do { return try MinionConfiguration(directory: absoluteDirectory) } catch {
      Terminal.error("brine-minion: \(error)")
      throw ExitStatus(2)
    }
  }

  private var absoluteDirectory: String {
    directory.hasPrefix("/") ? directory : "\(HostFiles().linkTarget("/proc/self/cwd") ?? "")/\(directory)"
  }

  /// All functions of this host: built-in and the site's.
  func registry(_ configuration: MinionConfiguration) -> FunctionRegistry {
    let builtIn = BuiltInFunctions.registry
    let site = SiteFunctions.load(
      directories: configuration.functionDirectories, files: HostFiles(), builtIn: Set(builtIn.names),
      parse: { try YAMLParser.parse($0, file: "signature").value })
    for problem in site.problems { Terminal.error("brine-minion: \(problem)") }
    return builtIn.adding(site.functions)
  }

  /// What a function run by this process may use.
  ///
  /// - Parameter isLocal: without the master, though the host may have one.
  func context(_ configuration: MinionConfiguration, isLocal: Bool = false) async -> FunctionContext {
    let grains = await HostGrains(configuration: configuration).current()
    var context = FunctionContext(
      commands: SubprocessRunner(), files: HostFiles(), grains: grains, options: configuration.options,
      registry: registry(configuration), states: BuiltInStates.registry)
    if !isLocal, let link = MasterLink(configuration) {
      context.master = link
      context.events = link
    } else {
      context.options["file_client"] = "local"
    }
    return context
  }
}
