import GRDB
import Value
import Wire

extension SQLiteStore {
  func apply(_ operation: StoreOperation, _ db: Database) throws {
    func run(_ sql: String, _ values: StatementArguments) throws {
      try db.cachedStatement(sql: sql).execute(arguments: values)
    }
    switch operation {
    case .createJob(let job):
      try run(
        "INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [
          job.id.text, job.created.microseconds, job.operatorName, Blob.encode(.map(job.request.fields)),
          Blob.encode(.map(job.order.fields)), Blob.encode(.strings(job.minions.map(\.text))),
          job.expires.microseconds,
        ])
    case .addResult(let stored): try add(stored, db)
    case .cancelJob(let id, let name):
      try run("UPDATE job SET cancelled_by = ? WHERE id = ?", [name, id.text])
    case .completeJob(let id, let moment):
      try run("UPDATE job SET completed = ? WHERE id = ? AND completed IS NULL", [moment.microseconds, id.text])
    case .pruneJobs(let moment):
      try run(
        "DELETE FROM result WHERE job IN (SELECT id FROM job WHERE completed IS NOT NULL AND created < ?)",
        [moment.microseconds])
      try run("DELETE FROM job WHERE completed IS NOT NULL AND created < ?", [moment.microseconds])
    case .saveMinion(let minion):
      try run(
        "INSERT OR REPLACE INTO minion VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
          minion.publicKey, minion.id.text, minion.status.rawValue, minion.firstSeen.microseconds,
          minion.lastSeen.microseconds, minion.address, minion.version,
        ])
    case .removeMinion(let key): try run("DELETE FROM minion WHERE key = ?", [key])
    case .saveGrains(let id, let grains):
      try run(
        "INSERT OR REPLACE INTO grains VALUES (?, ?, ?, ?)",
        [id.text, grains.digest, Blob.encode(.map(grains.grains)), grains.received.microseconds])
    case .saveOperator(let person):
      try run(
        "INSERT OR REPLACE INTO operator VALUES (?, ?, ?, ?, ?)",
        [person.name, person.role, person.publicKey, Blob.data(person.sealingKey), person.added.microseconds])
    case .removeOperator(let name): try run("DELETE FROM operator WHERE name = ?", [name])
    case .saveInvitation(let invitation):
      try run(
        "INSERT OR REPLACE INTO invitation VALUES (?, ?, ?, ?, ?)",
        [
          Blob.data(invitation.digest), invitation.idGlob, invitation.usesLeft, invitation.expires.microseconds,
          invitation.operatorName,
        ])
    case .removeInvitation(let digest):
      try run("DELETE FROM invitation WHERE digest = ?", [Blob.data(digest)])
    }
  }

  /// The hot path: ten values bound to one cached statement.
  private func add(_ stored: StoredResult, _ db: Database) throws {
    let result = stored.result
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (job, minion) DO UPDATE SET outcome = excluded.outcome, value = excluded.value,
          error = excluded.error, exit = excluded.exit, started = excluded.started, ended = excluded.ended,
          received = excluded.received, assumed = 0
        WHERE result.assumed = 1 AND excluded.assumed = 0
        """)
    try statement.execute(arguments: [
      result.id.text, stored.minion.text, result.outcome.rawValue, result.encodedValue.map(Blob.data), result.error,
      result.exitCode, result.started.microseconds, result.ended.microseconds, stored.received.microseconds,
      stored.isAssumed,
    ])
  }
}
