public import Store
public import Wire

/// A job that some minion has not ended yet.
public struct ActiveJob: Sendable {
  public let stored: StoredJob
  public private(set) var minions: [MinionID: MinionJob]
  /// Last progress line of each minion that sent one.
  public var progress: [MinionID: String] = [:]
  /// How many may be in flight; nil is all.
  private let window: Int?
  private var open: Int

  public init(_ job: StoredJob, ended: [MinionID: JobOutcome] = [:], window: Int?) {
    stored = job
    self.window = window
    var minions: [MinionID: MinionJob] = [:]
    minions.reserveCapacity(job.minions.count)
    for id in job.minions {
      minions[id] =
        ended[id].map { MinionJob(ended: $0, expires: job.expires) }
        ?? MinionJob(expires: job.expires, deadline: job.order.deadline)
    }
    self.minions = minions
    open = minions.values.count { !$0.isEnded }
  }

  public var isComplete: Bool { open == 0 }

  /// Whether one more may start. A host that fell silent does not hold up a batch: `isOnline` tells.
  public func mayStart(isOnline: (MinionID) -> Bool) -> Bool {
    guard let window else { return true }
    return minions.count { $0.value.isInFlight && isOnline($0.key) } < window
  }

  /// Whether there is a window at all, so that a freed place has to be looked for.
  public var isBatched: Bool { window != nil }

  /// Feeds one minion's machine; nil when the minion is not one of the job's.
  public mutating func on(
    _ event: MinionJob.Event, from id: MinionID, isOnline: Bool, mayStart: Bool, now: Moment
  ) -> [MinionJob.Action]? {
    guard var minion = minions[id] else { return nil }
    let wasEnded = minion.isEnded
    let actions = minion.on(event, isOnline: isOnline, mayStart: mayStart, now: now)
    minions[id] = minion
    if !wasEnded, minion.isEnded { open -= 1 }
    return actions
  }

  /// A minion's result is durable.
  ///
  /// - Returns: false when it had ended before.
  public mutating func committed(_ outcome: JobOutcome, of id: MinionID) -> Bool {
    guard var minion = minions[id] else { return false }
    let wasEnded = minion.isEnded
    minion.committed(outcome)
    minions[id] = minion
    progress[id] = nil
    if !wasEnded { open -= 1 }
    return !wasEnded
  }
}
