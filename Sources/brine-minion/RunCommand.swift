import ArgumentParser
import CommandLine
import Logging
import Logs
import Minion
import Wire

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Connects to the master and runs its jobs, in the foreground.")

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let configuration = try options.load()
    LineLogHandler.install(level: configuration.logLevel, format: configuration.logFormat)
    let minion: Minion
    do { minion = try await Minion(configuration: configuration, registry: options.registry(configuration)) } catch {
      Terminal.error("brine-minion: \(error)")
      throw ExitCode(2)
    }
    Logger(label: "minion").info("brine-minion \(brineVersion) runs as \(configuration.id)")
    await SignalWaiter.untilTermination { await minion.refreshGrains() }
    await minion.stop()
  }
}
