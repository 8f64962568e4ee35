import Store
import Value
import Wire

/// Things to keep, and short ways to read back what was kept.
enum StoreSamples {
  static let noon = Moment(microseconds: 1_795_521_600_000_000)
  static func minion(_ text: String) throws -> MinionID {
    guard let id = MinionID(text) else { throw WireError(.badField, text) }
    return id
  }

  static func job(at seconds: Double = 0, minions: [String] = ["web1", "web2"]) throws -> StoredJob {
    let created = noon + seconds
    let id = JobID(microseconds: created.microseconds)
    return StoredJob(
      id: id, created: created, operatorName: "anna",
      request: JobRequest(
        target: TargetSpecification(kind: "glob", expression: "web*"), function: "pkg.upgrade",
        arguments: ["libssl3", 2],
        namedArguments: ["refresh": true], expires: 120, deadline: 60, isTest: true, subset: 2, batch: "10%"),
      minions: try minions.map(minion), expires: created + 120,
      order: JobOrder(
        id: id, function: "pkg.upgrade", arguments: ["libssl3", 2], namedArguments: ["refresh": true],
        operatorName: "anna", expires: created + 120, deadline: 60, isTest: true,
        sealingKeys: ["anna": .bytes([1, 2, 3])]))
  }

  static func result(
    _ job: JobID, _ name: String, _ outcome: JobOutcome = .returned, value: [UInt8]? = [0xC3], error: String? = nil,
    isAssumed: Bool = false
  ) throws -> StoreOperation {
    .addResult(
      StoredResult(
        minion: try minion(name),
        result: JobResult(
          id: job, outcome: outcome, encodedValue: value, error: error, exitCode: outcome.isSuccess ? 0 : 1,
          started: noon, ended: noon + 1), received: noon + 2, isAssumed: isAssumed))
  }
}

extension Store {
  /// `minion: outcome` of all ends of a job.
  func outcomes(of job: JobID) throws -> [String: JobOutcome] {
    Dictionary(
      try results(of: job).map { ($0.minion.text, $0.result.outcome) }, uniquingKeysWith: { first, _ in first })
  }
}
