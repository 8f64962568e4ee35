public import Store
public import Wire

/// A job that some minion has not ended yet. A class, so that one minion's news changes one entry in place however many
/// minions there are; it lives within the master's actor.
public final class ActiveJob {
  public let stored: StoredJob
  public private(set) var minions: [MinionID: MinionJob] = [:]
  /// Last progress line of each minion that sent one.
  public var progress: [MinionID: String] = [:]
  /// Who cancelled it; nil when nobody did.
  public internal(set) var cancelledBy: String?
  /// How many may be in flight; nil is all.
  private let window: Int?
  private var open = 0
  /// Whose end was told to those who watch, and whether it was assumed.
  private var told: [MinionID: Bool] = [:]
  /// Minions that occupy a place of the batch, if they are there.
  private var inFlight: Set<MinionID> = []

  public init(_ job: StoredJob, ended: [MinionID: JobOutcome] = [:], window: Int?) {
    stored = job
    self.window = window
    cancelledBy = job.cancelledBy
    minions.reserveCapacity(job.minions.count)
    for id in job.minions {
      minions[id] =
        ended[id].map { MinionJob(ended: $0, expires: job.expires) }
        ?? MinionJob(expires: job.expires, deadline: job.order.deadline)
    }
    open = minions.values.count { !$0.isEnded }
  }

  public var isComplete: Bool { open == 0 }

  /// Whether there is a window at all, so that a freed place has to be looked for.
  public var isBatched: Bool { window != nil }

  /// Whether one more may start. A host that fell silent does not hold up a batch: `isOnline` tells.
  public func mayStart(isOnline: (MinionID) -> Bool) -> Bool {
    guard let window else { return true }
    return inFlight.count < window || inFlight.count(where: isOnline) < window
  }

  /// Feeds one minion's machine; nil when the minion is not one of the job's.
  public func on(
    _ event: MinionJob.Event, from id: MinionID, isOnline: Bool, mayStart: Bool, now: Moment
  ) -> [MinionJob.Action]? {
    change(id) { $0.on(event, isOnline: isOnline, mayStart: mayStart, now: now) }
  }

  /// Whether an end is to be told to those who watch: the first, and one that replaces an assumption, as in the store.
  /// Otherwise a minion could show one end and have another one kept.
  public func isNews(of id: MinionID, isAssumed: Bool) -> Bool {
    guard told[id].map({ $0 && !isAssumed }) ?? true else { return false }
    told[id] = isAssumed
    return true
  }

  /// A minion's result is durable.
  ///
  /// - Returns: false when it had ended before.
  @discardableResult
  public func committed(_ outcome: JobOutcome, of id: MinionID) -> Bool {
    progress[id] = nil
    return change(id) { minion in
      let wasEnded = minion.isEnded
      minion.committed(outcome)
      return !wasEnded
    } ?? false
  }

  private func change<Result>(_ id: MinionID, _ body: (inout MinionJob) -> Result) -> Result? {
    guard let index = minions.index(forKey: id) else { return nil }
    let wasEnded = minions.values[index].isEnded
    let result = body(&minions.values[index])
    let minion = minions.values[index]
    if !wasEnded, minion.isEnded { open -= 1 }
    if window != nil { if minion.isInFlight { inFlight.insert(id) } else { inFlight.remove(id) } }
    return result
  }
}
