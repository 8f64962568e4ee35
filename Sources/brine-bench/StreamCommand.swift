import ArgumentParser
import CommandLine
import Glibc
import Value
import Wire

struct StreamCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stream", abstract: "Starts jobs one after another, whatever becomes of the master meanwhile.",
    discussion: "Each job id that the master gives out goes to --ids, for brine-bench verify.")

  @OptionGroup var directory: BenchDirectory
  @Option(help: "How many jobs.") var jobs: Int
  @Option(help: "Milliseconds between two.") var pause = 0
  @Option(help: "File that the ids are appended to.") var ids: String
  @Option var target = "*"
  @Option var function = "test.ping"
  @Option(help: "Seconds to try for.") var timeout = 120

  func validate() throws {
    guard (1...100_000).contains(jobs), (0...60_000).contains(pause), (1...600).contains(timeout) else {
      throw ValidationError("--jobs, --pause or --timeout is out of bounds")
    }
  }

  func run() async throws {
    let file = open(ids, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw ValidationError("cannot write \(ids): error \(errno)") }
    defer { close(file) }
    let client = PatientClient(identity: try directory.operatorIdentity(), seconds: timeout)
    let request = JobRequest(target: TargetSpecification(kind: "glob", expression: target), function: function)
    for _ in 0..<jobs {
      let id = try await client.start(request)
      Terminal.write("\(id)\n", to: file)
      if pause > 0 { try await Task.sleep(for: .milliseconds(pause)) }
    }
  }
}
