import GRDB
import Value
public import Wire

extension SQLiteStore {
  public func minions() throws(StoreError) -> [StoredMinion] {
    try read { db in
      var grains: [String: StoredGrains] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT * FROM grains") {
        grains[row["minion"]] = StoredGrains(
          digest: row["digest"], grains: try Blob.decode(row, "grains").mapValue ?? [:],
          received: Moment(microseconds: row["received"]))
      }
      return try Row.fetchAll(db, sql: "SELECT * FROM minion ORDER BY id, first_seen").compactMap { row in
        guard let id = MinionID(row["id"]), let status = StoredMinion.Status(rawValue: row["status"]) else {
          return nil
        }
        return StoredMinion(
          publicKey: row["key"], id: id, status: status, firstSeen: Moment(microseconds: row["first_seen"]),
          lastSeen: Moment(microseconds: row["last_seen"]), address: row["address"], version: row["version"],
          grains: status == .accepted ? grains[id.text] : nil)
      }
    }
  }

  public func operators() throws(StoreError) -> [StoredOperator] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM operator ORDER BY name").map { row in
        StoredOperator(
          name: row["name"], role: row["role"], publicKey: row["key"],
          sealingKey: Blob.bytes(row, "sealing_key") ?? [], added: Moment(microseconds: row["added"]))
      }
    }
  }

  public func invitations() throws(StoreError) -> [StoredInvitation] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM invitation").map { row in
        StoredInvitation(
          digest: Blob.bytes(row, "digest") ?? [], idGlob: row["id_glob"], usesLeft: row["uses_left"],
          expires: Moment(microseconds: row["expires"]), operatorName: row["operator"])
      }
    }
  }

  public func jobs(limit: Int) throws(StoreError) -> [StoredJob] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM job ORDER BY id DESC LIMIT ?", arguments: [limit]).map(Self.job)
    }
  }

  public func incompleteJobs() throws(StoreError) -> [StoredJob] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM job WHERE completed IS NULL ORDER BY id").map(Self.job)
    }
  }

  public func job(_ id: JobID) throws(StoreError) -> StoredJob? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM job WHERE id = ?", arguments: [id.text]).map(Self.job)
    }
  }

  public func results(of job: JobID) throws(StoreError) -> [StoredResult] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM result WHERE job = ? ORDER BY minion", arguments: [job.text])
        .compactMap { row in
          guard let minion = MinionID(row["minion"]), let outcome = JobOutcome(rawValue: row["outcome"]) else {
            return nil
          }
          return StoredResult(
            minion: minion,
            result: JobResult(
              id: job, outcome: outcome, encodedValue: Blob.bytes(row, "value"), error: row["error"],
              exitCode: row["exit"], started: Moment(microseconds: row["started"]),
              ended: Moment(microseconds: row["ended"])),
            received: Moment(microseconds: row["received"]), isAssumed: row["assumed"])
        }
    }
  }

  public func endedMinions(of job: JobID) throws(StoreError) -> [(minion: MinionID, outcome: JobOutcome)] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT minion, outcome FROM result WHERE job = ?", arguments: [job.text])
        .compactMap { row in
          guard let minion = MinionID(row["minion"]), let outcome = JobOutcome(rawValue: row["outcome"]) else {
            return nil
          }
          return (minion, outcome)
        }
    }
  }

  public func outcomeCounts(of job: JobID) throws(StoreError) -> [JobOutcome: Int] {
    try read { db in
      var counts: [JobOutcome: Int] = [:]
      let rows = try Row.fetchAll(
        db, sql: "SELECT outcome, COUNT(*) AS n FROM result WHERE job = ? GROUP BY outcome", arguments: [job.text])
      for row in rows {
        if let outcome = JobOutcome(rawValue: row["outcome"]) { counts[outcome] = row["n"] }
      }
      return counts
    }
  }

  private static func job(_ row: Row) throws -> StoredJob {
    let id = JobID(row["id"]) ?? JobID(microseconds: 0)
    let completed: Int64? = row["completed"]
    return StoredJob(
      id: id, created: Moment(microseconds: row["created"]), operatorName: row["operator"],
      request: try JobRequest(FieldReader(try Blob.decode(row, "request").mapValue ?? [:])),
      minions: try Blob.decode(row, "minions").listValue?.compactMap { $0.stringValue.flatMap(MinionID.init) } ?? [],
      expires: Moment(microseconds: row["expires"]), completed: completed.map { Moment(microseconds: $0) },
      cancelledBy: row["cancelled_by"],
      order: try JobOrder(FieldReader(try Blob.decode(row, "ordered").mapValue ?? [:])))
  }
}
