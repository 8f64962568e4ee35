public import Wire

/// How a job ended on one minion.
public struct StoredResult: Sendable {
  public var minion: MinionID
  public var result: JobResult
  /// When the master learnt it.
  public var received: Moment
  /// The master had to assume this end; the minion's own word replaces it.
  public var isAssumed: Bool

  public init(minion: MinionID, result: JobResult, received: Moment, isAssumed: Bool = false) {
    self.minion = minion
    self.result = result
    self.received = received
    self.isAssumed = isAssumed
  }
}
