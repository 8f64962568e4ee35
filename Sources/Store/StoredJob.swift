public import Wire

/// A job as the master keeps it.
public struct StoredJob: Sendable {
  public var id: JobID
  public var created: Moment
  public var operatorName: String
  public var request: JobRequest
  /// All minions it was published to: fixed when it was made (I1).
  public var minions: [MinionID]
  public var expires: Moment
  public var completed: Moment?
  /// Who cancelled it; nil when nobody did.
  public var cancelledBy: String?
  /// Sealing keys by operator name, encoded as they go to the minions.
  public var order: JobOrder

  public init(
    id: JobID, created: Moment, operatorName: String, request: JobRequest, minions: [MinionID], expires: Moment,
    completed: Moment? = nil, cancelledBy: String? = nil, order: JobOrder
  ) {
    self.id = id
    self.created = created
    self.operatorName = operatorName
    self.request = request
    self.minions = minions
    self.expires = expires
    self.completed = completed
    self.cancelledBy = cancelledBy
    self.order = order
  }
}
