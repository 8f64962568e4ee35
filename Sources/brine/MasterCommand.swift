import ArgumentParser
import CommandLine
import Configuration
import HostSystem
import Logging
import Logs
import Master
import Modules
import Value
import Wire

struct MasterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "master", abstract: "Runs the master, in the foreground.",
    discussion:
      "On first start it makes its key, its store and root's operator key. SIGHUP reads the configuration again.")
  @Option(name: [.customShort("c"), .customLong("config")], help: "Directory of master.yaml and of the keys.")
  var directory = "/etc/brine"
  @Option(
    name: [.customShort("l"), .long], help: "How much is logged, instead of what master.yaml says.",
    completion: .list(ConfigurationFile.logLevels))
  var logLevel: String?

  func validate() throws {
    guard let logLevel, !ConfigurationFile.logLevels.contains(logLevel) else { return }
    throw ValidationError("--log-level takes one of: \(ConfigurationFile.logLevels.joined(separator: ", "))")
  }

  func run() async throws {
    CoreDumps.forbid()
    let path = directory.hasPrefix("/") ? directory : "\(HostFiles().linkTarget("/proc/self/cwd") ?? "")/\(directory)"
    let master: Master
    do {
      let configuration = try MasterConfiguration(directory: path)
      LineLogHandler.install(level: logLevel ?? configuration.logLevel, format: configuration.logFormat)
      master = try await Master(
        configuration: configuration, functions: BuiltInFunctions.registry, states: BuiltInStates.registry)
      try HostFiles().write(
        "\(configuration.runDirectory)/ports",
        text: JSONWriter.compact(["fleet": .integer(master.fleetPort), "enrol": .integer(master.enrolPort)]) + "\n")
    } catch {
      Terminal.error("brine: \(error)")
      throw ExitCode(2)
    }
    let log = Logger(label: "master")
    log.info("ready fleet=\(master.fleetPort) enrol=\(master.enrolPort)")
    await SignalWaiter.untilTermination {
      do { await master.reload(try MasterConfiguration(directory: path)) } catch {
        log.error("the configuration was not read again: \(error)")
      }
    }
    log.info("stopping")
    await master.stop()
  }
}
