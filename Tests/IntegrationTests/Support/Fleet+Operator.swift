import HostSystem
import Operator
import TestSupport
import Value
import Wire

/// What an operator does.
extension Fleet {
  /// Runs `brine` with root's key. `--config` comes last, where every subcommand takes it.
  nonisolated func brine(_ arguments: String..., config: String? = nil, timeout: Duration = .seconds(40)) async throws
    -> CommandResult
  {
    try await run([Programs.brine] + arguments + ["--config", config ?? masterDirectory], timeout: timeout)
  }

  /// An invitation's word.
  nonisolated func invite(uses: Int = 1, id: String = "*", ttl: String = "1h") async throws -> String {
    let result = try await brine("keys", "invite", "--uses", "\(uses)", "--id", id, "--ttl", ttl)
    guard result.isSuccess else { throw TestFailure("no invitation: \(result.errorText)") }
    return result.outputText.trimmed()
  }

  /// What `--out json` printed.
  nonisolated func json(_ result: CommandResult) throws -> Value {
    do { return try JSONParser.parse(result.outputText) } catch {
      throw TestFailure("not JSON (\(error)): \(result.outputText) \(result.errorText)")
    }
  }

  /// `keys list`: all entries.
  nonisolated func keys() async throws -> [Value] {
    let result = try await brine("keys", "list", "--out", "json")
    guard result.isSuccess else { throw TestFailure("keys list: \(result.errorText)") }
    return try json(result).listValue ?? []
  }

  /// The statuses that keys with this id have.
  nonisolated func statuses(of id: String) async throws -> Set<String> {
    Set(try await keys().filter { $0["id"]?.stringValue == id }.compactMap { $0["status"]?.stringValue })
  }

  nonisolated func awaitOnline(_ ids: [String], isOnline: Bool = true, within limit: Duration = .seconds(30))
    async throws
  {
    try await eventually(
      "\(ids.joined(separator: ", ")) \(isOnline ? "online" : "away")", within: limit, every: .milliseconds(150)
    ) {
      guard let keys = try? await self.keys() else { return nil as Bool? }
      let found = keys.filter { $0["status"] == "accepted" && $0["online"]?.boolValue == isOnline }
        .compactMap { $0["id"]?.stringValue }
      return Set(ids).isSubset(of: found) ? true : nil
    }
  }

  /// Starts a job and gives its id.
  nonisolated func start(_ arguments: String...) async throws -> String { try await start(arguments) }

  nonisolated func start(_ arguments: [String]) async throws -> String {
    let result = try await run(
      [Programs.brine, "run"] + arguments + ["--async", "--yes", "--config", masterDirectory])
    let id = result.outputText.trimmed()
    guard result.isSuccess, JobID(id) != nil else {
      throw TestFailure("not started: \(result.exitCode) \(result.outputText) \(result.errorText)")
    }
    return id
  }

  /// How a job stands on each host: what `jobs results --out jsonl` says.
  nonisolated func results(_ job: String) async throws -> [String: Value] {
    let result = try await brine("jobs", "results", job, "--out", "jsonl")
    var records: [String: Value] = [:]
    for line in result.outputLines {
      let record = try JSONParser.parse(line)
      records[record["minion"]?.stringValue ?? "?"] = record
    }
    return records
  }

  nonisolated func state(_ job: String, _ id: String) async throws -> String {
    try await results(job)[id]?["state"]?.stringValue ?? ""
  }

  /// Waits until the job is in one of these states on the host. The master may be away meanwhile.
  @discardableResult
  nonisolated func awaitState(
    _ job: String, on id: String, _ states: String..., within limit: Duration = .seconds(30)
  ) async throws -> Value {
    try await eventually(
      "\(job) on \(id) is \(states.joined(separator: " or "))", within: limit, every: .milliseconds(150)
    ) {
      guard let record = try? await self.results(job)[id], let state = record["state"]?.stringValue else {
        return nil as Value?
      }
      return states.contains(state) ? record : nil
    }
  }

  /// A connection with the client library, for what the command line does not show.
  nonisolated func operatorClient() throws -> OperatorClient { OperatorClient(identity: try operatorIdentity()) }

  /// How many jobs the master knows.
  nonisolated func jobCount() async throws -> Int {
    try json(try await brine("jobs", "list", "--limit", "1000", "--out", "json")).listValue?.count ?? -1
  }

  /// Lines of a file that jobs write to.
  nonisolated func lines(_ name: String) -> [String] { HostFiles().linesIfPresent("\(directory)/\(name)") }
}

extension CommandResult {
  var errorLines: [String] { errorText.splitLines() }
}
