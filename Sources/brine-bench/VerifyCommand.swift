import ArgumentParser
import CommandLine
import HostSystem
import Value
import Wire

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Counts the results that the master should have and has not.",
    discussion: "Waits for the jobs to be complete. A job that it gave an id for and does not know counts in full.")

  @OptionGroup var directory: BenchDirectory
  @Option(help: "File with the ids of the jobs.") var ids: String
  @Option(help: "How many minions each job was for.") var count: Int
  @Option(help: "Seconds to wait.") var timeout = 120

  func validate() throws {
    guard (1...600).contains(timeout) else { throw ValidationError("--timeout is 1 to 600") }
  }

  func run() async throws {
    let wanted = Set(HostFiles().linesIfPresent(ids).filter { !$0.isEmpty })
    guard !wanted.isEmpty else { throw ValidationError("\(ids) names no job") }
    guard wanted.count <= 10_000 else { throw ValidationError("\(ids) names over 10,000 jobs") }
    let client = PatientClient(identity: try directory.operatorIdentity(), seconds: timeout)
    var returned = 0
    while true {
      returned = try await results(of: wanted, client)
      if returned >= wanted.count * count || client.isOver { break }
      try await Task.sleep(for: .milliseconds(250))
    }
    Terminal.print("jobs=\(wanted.count) results=\(returned) lost=\(wanted.count * count - returned)")
  }

  /// Results of the right kind that are in the store now.
  private func results(of wanted: Set<String>, _ client: PatientClient) async throws -> Int {
    let jobs = try await client.value(.listJobs(limit: 10_000, activeOnly: false)).listValue ?? []
    return jobs.reduce(0) { sum, job in
      guard let id = job["job"]?.stringValue, wanted.contains(id), job["minion_count"]?.intValue == Int64(count) else {
        return sum
      }
      return sum + Int(job["outcomes"]?[JobOutcome.returned.rawValue]?.intValue ?? 0)
    }
  }
}
