import ArgumentParser
import CommandLine
import Operator
import Value
import Wire

struct JobsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "What was run, and what became of it.",
    subcommands: [List.self, Show.self, Results.self, Watch.self, Cancel.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists jobs, the newest first.")
    @OptionGroup var connection: Connection
    @Flag(help: "Only those that are not complete.") var active = false
    @Option(help: "At most so many.") var limit = 20
    @Option(help: "table, json, jsonl, yaml") var out = OutputFormat.table

    func run() async throws {
      let jobs =
        try await connection.withClient {
          try await $0.value(.listJobs(limit: Int64(limit), activeOnly: active))
        }.listValue ?? []
      let rows = jobs.map { job -> Value in
        guard out == .table || out == .folded || out == .nested, case .map(var row) = job else { return job }
        row["hosts"] = job["minion_count"]
        row["outcomes"] = .string(Self.outcomes(job))
        return .map(row)
      }
      Listing.show(rows, columns: ["job", "function", "target", "user", "hosts", "outcomes"], as: out)
    }

    private static func outcomes(_ job: Value) -> String {
      var parts = (job["outcomes"]?.mapValue ?? [:]).map { "\($0.value) \($0.key)" }
      if let open = job["open"]?.intValue, open > 0 { parts.append("\(open) open") }
      return parts.joined(separator: ", ")
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Shows what a job is.")
    @OptionGroup var connection: Connection
    @Argument var job: JobID
    @Option(help: "yaml, json") var out = OutputFormat.yaml

    func run() async throws {
      let value = try await connection.withClient { try await $0.value(.showJob(job)) }
      Terminal.write(out == .json ? JSONWriter.pretty(value) + "\n" : YAMLWriter.write(value))
    }
  }

  struct Results: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "results", abstract: "Shows what every host of a job returned, or how it stands there.")
    @OptionGroup var connection: Connection
    @Argument var job: JobID
    @OptionGroup var shown: OutputOptions

    func run() async throws {
      let code = try await connection.withClient { client in
        let output = JobOutput(format: shown.out, states: shown.states)
        for try await reply in client.stream(.jobResults(job)) {
          if case .part(let part) = reply { output.take(part) }
        }
        output.finish()
        return output.hasFailures ? 1 : output.hasOpen ? 4 : 0 as Int32
      }
      if code != 0 { throw ExitCode(code) }
    }
  }

  struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "watch", abstract: "Waits for a job, for its offline hosts too.")
    @OptionGroup var connection: Connection
    @Argument var job: JobID
    @Option(help: "Seconds to wait.") var timeout: Double?
    @OptionGroup var shown: OutputOptions

    func run() async throws {
      let code = try await connection.withClient { client in
        let interruption = Interruption()
        interruption.began(job)
        var watch = JobWatch(
          client: client, output: JobOutput(format: shown.out, states: shown.states), timeout: timeout)
        watch.waitsForAbsent = true
        return try await watch.run(.watchJob(job))
      }
      if code != 0 { throw ExitCode(code) }
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "cancel", abstract: "Ends a job wherever it has not ended: what runs is killed with all it started.")
    @OptionGroup var connection: Connection
    @Argument var job: JobID

    func run() async throws {
      let answer = try await connection.withClient { try await $0.value(.cancelJob(job)) }
      let count = answer["cancelled"]?.intValue ?? 0
      Terminal.print(
        count == 0 ? "It has ended everywhere already." : "Asked \(count) host\(count == 1 ? "" : "s") to end it.")
    }
  }
}

extension JobID: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
