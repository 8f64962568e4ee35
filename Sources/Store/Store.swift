public import Wire

/// Where the master keeps what must survive it. The embedded one is SQLite (`SQLiteStore`); another database can follow
/// behind the same few calls.
public protocol Store: Sendable {
  /// Commits all operations or none; returns when they are durable.
  ///
  /// - Throws: `StoreError`.
  func commit(_ operations: [StoreOperation]) throws(StoreError)

  func minions() throws(StoreError) -> [StoredMinion]
  func operators() throws(StoreError) -> [StoredOperator]
  func invitations() throws(StoreError) -> [StoredInvitation]
  /// The newest jobs first.
  func jobs(limit: Int) throws(StoreError) -> [StoredJob]
  func incompleteJobs() throws(StoreError) -> [StoredJob]
  func job(_ id: JobID) throws(StoreError) -> StoredJob?
  func results(of job: JobID) throws(StoreError) -> [StoredResult]
  /// Minions whose end is recorded, without what they returned.
  func endedMinions(of job: JobID) throws(StoreError) -> [(minion: MinionID, outcome: JobOutcome)]
  /// How many results of each outcome a job has.
  func outcomeCounts(of job: JobID) throws(StoreError) -> [JobOutcome: Int]
}
