public import Wire

/// One change; a batch of them is committed together.
public enum StoreOperation: Sendable {
  case createJob(StoredJob)
  /// The first end of a minion's job counts, except that a minion's own word replaces an end that the master had to
  /// assume (`expired`, `interrupted`).
  case addResult(StoredResult)
  case cancelJob(JobID, by: String)
  case completeJob(JobID, Moment)
  /// Removes complete jobs made before the moment, with their results.
  case pruneJobs(before: Moment)
  case saveMinion(StoredMinion)
  case removeMinion(publicKey: String)
  case saveGrains(MinionID, StoredGrains)
  case saveOperator(StoredOperator)
  case removeOperator(String)
  case saveInvitation(StoredInvitation)
  case removeInvitation(digest: [UInt8])
}
