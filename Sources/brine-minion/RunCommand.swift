import CommandLine
import Configuration
import Logging
import Logs
import Minion
import Wire

struct RunCommand {
  static let specification = CommandSpecification(
    "run", "Connects to the master and runs its jobs, in the foreground.",
    options: [
      ConfigurationOptions.option,
      .value(
        "--log-level", short: "-l", "log-level", "How much is logged, instead of what minion.yaml says.",
        choices: ConfigurationFile.logLevels),
    ])

  let options: ConfigurationOptions
  let logLevel: String?

  init(_ arguments: ParsedArguments) {
    options = ConfigurationOptions(arguments)
    logLevel = arguments.value("--log-level")
  }

  func run() async throws {
    let configuration = try options.load()
    LineLogHandler.install(level: logLevel ?? configuration.logLevel, format: configuration.logFormat)
    let minion: Minion
    do { minion = try await Minion(configuration: configuration, registry: options.registry(configuration)) } catch {
      Terminal.error("brine-minion: \(error)")
      throw ExitStatus(2)
    }
    Logger(label: "minion").info("brine-minion \(brineVersion) runs as \(configuration.id)")
    await SignalWaiter.untilTermination { await minion.refreshGrains() }
    await minion.stop()
  }
}
