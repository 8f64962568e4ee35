import ArgumentParser
import Minion
import Wire

/// One job's process; the daemon starts it.
struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Runs one job from the journal.", shouldDisplay: false)

  @OptionGroup var options: ConfigurationOptions
  @Argument var job: String

  func run() async throws {
    guard let id = JobID(job) else { throw ValidationError("'\(job)' is no job id") }
    let configuration = try options.load()
    let spool = try JobSpool(directory: "\(configuration.stateDirectory)/jobs")
    let worker = Worker(spool: spool, maximumResult: configuration.maximumResult)
    let code = await worker.run(id, context: await options.context(configuration))
    if code != 0 { throw ExitCode(code) }
  }
}
