import CommandLine
import Minion
import Wire

/// One job's process; the daemon starts it.
struct WorkerCommand {
  static let specification = CommandSpecification(
    "worker", "Runs one job from the journal.", options: [ConfigurationOptions.option],
    operands: [OperandSpecification("job", .one, "The job's id.")], isHidden: true)

  let options: ConfigurationOptions
  let job: String

  init(_ arguments: ParsedArguments) {
    options = ConfigurationOptions(arguments)
    job = arguments.operand("job") ?? ""
  }

  func run() async throws {
    guard let id = JobID(job) else {
      throw BrineMinion.program.usageError("'\(job)' is no job id", command: Self.specification.name)
    }
    let configuration = try options.load()
    let spool = try JobSpool(directory: "\(configuration.stateDirectory)/jobs")
    let worker = Worker(spool: spool, maximumResult: configuration.maximumResult)
    let code = await worker.run(id, context: await options.context(configuration))
    if code != 0 { throw ExitStatus(code) }
  }
}
