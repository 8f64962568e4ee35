public import Wire

/// A job's life on one minion, as the master sees it: no I/O, no clock.
///
/// `queued → sent → delivered → running → ended`. What was sent but not confirmed when a connection broke is settled by
/// the minion's next hello: it either holds the job or never got it.
public struct MinionJob: Sendable, Hashable {
  public enum Phase: Sendable, Hashable {
    case queued
    /// Handed to the transport; not yet in the minion's journal as far as we know.
    case sent(Moment)
    case delivered(Moment)
    case running(Moment)
    case ended(JobOutcome)
  }

  public enum Event: Sendable, Hashable {
    /// The minion said hello; whether it holds this job in its journal, and whether it runs there.
    case minionJoined(holds: Bool, isRunning: Bool)
    case minionLeft
    /// The transport took the order, or knows no such peer.
    case orderSent(Bool)
    case accepted
    case started
    case result(JobOutcome)
    case cancelRequested(by: String)
    case keyRevoked
    case tick
  }

  public enum Action: Sendable, Hashable {
    case sendOrder
    case sendCancel
    /// Record an end that no minion reported. `assumed` ends are replaced by the minion's own word if it ever comes.
    case record(JobOutcome, reason: String, assumed: Bool)
    /// Commit what the minion reported.
    case commitResult
  }

  public private(set) var phase: Phase = .queued
  /// Who cancelled it, when somebody did.
  public private(set) var cancelledBy: String?
  private let expires: Moment
  /// Seconds after expiry in which a minion that is there has to say what became of an order. It begins none that has
  /// expired.
  private static let confirmation = 60.0
  /// When a silent host's job is given up as `interrupted`.
  private let givenUp: Moment

  /// - Parameter deadline: seconds the job may run; 0 counts as a day for giving up on a silent host.
  public init(expires: Moment, deadline: Int64) {
    self.expires = expires
    givenUp = expires + Double(deadline == 0 ? 86_400 : deadline) + 3600
  }

  /// A job whose end is in the store already.
  public init(ended outcome: JobOutcome, expires: Moment) {
    self.init(expires: expires, deadline: 0)
    phase = .ended(outcome)
  }

  public var isEnded: Bool { if case .ended = phase { true } else { false } }

  /// Whether it occupies one of the places of a batch.
  public var isInFlight: Bool {
    switch phase {
    case .sent, .delivered, .running: true
    case .queued, .ended: false
    }
  }

  public mutating func on(_ event: Event, isOnline: Bool, mayStart: Bool, now: Moment) -> [Action] {
    guard !isEnded else {
      // The minion's own word may still come after an end that was assumed, and a redelivered result wants its ack.
      if case .result = event { return [.commitResult] }
      return []
    }
    switch event {
    case .minionJoined(let holds, let isRunning):
      return minionJoined(holds: holds, isRunning: isRunning, mayStart: mayStart, now: now)
    case .minionLeft: return []
    case .orderSent(let isTaken):
      phase = isTaken ? .sent(now) : .queued
      return []
    case .accepted:
      if case .running = phase { return [] }
      phase = .delivered(now)
      return []
    case .started:
      phase = .running(now)
      return []
    case .result: return [.commitResult]
    case .cancelRequested(let name): return cancelRequested(by: name, isOnline: isOnline)
    case .keyRevoked:
      if case .queued = phase { return end(.cancelled, "the minion's key was revoked before it was delivered") }
      return end(.interrupted, "the minion's key was revoked; what it did with the job is not known", assumed: true)
    case .tick: return tick(isOnline: isOnline, mayStart: mayStart, now: now)
    }
  }

  /// The result is durable.
  public mutating func committed(_ outcome: JobOutcome) { phase = .ended(outcome) }

  private mutating func minionJoined(holds: Bool, isRunning: Bool, mayStart: Bool, now: Moment) -> [Action] {
    if holds {
      phase = isRunning ? .running(now) : .delivered(now)
      return cancelledBy == nil ? [] : [.sendCancel]
    }
    switch phase {
    case .delivered, .running:
      // It journalled the job and has lost its journal since: a new disk, a restored snapshot.
      return end(.interrupted, "the minion came back without its job journal", assumed: true)
    case .queued, .sent:
      phase = .queued
      if let cancelledBy { return end(.cancelled, "cancelled by \(cancelledBy) before it was delivered") }
      return tick(isOnline: true, mayStart: mayStart, now: now)
    case .ended: return []
    }
  }

  private mutating func cancelRequested(by name: String, isOnline: Bool) -> [Action] {
    cancelledBy = name
    if case .queued = phase { return end(.cancelled, "cancelled by \(name) before it was delivered") }
    return isOnline ? [.sendCancel] : []
  }

  private mutating func tick(isOnline: Bool, mayStart: Bool, now: Moment) -> [Action] {
    switch phase {
    case .queued where now >= expires: return end(.expired, "the minion was not there before it expired")
    case .queued where isOnline && mayStart: return [.sendOrder]
    case .sent(let sent) where isOnline && now >= max(sent, expires) + Self.confirmation:
      return end(.expired, "the minion is there and has not taken it")
    case .sent, .delivered, .running:
      guard !isOnline, now >= givenUp else { return [] }
      return end(.interrupted, "the minion has been silent since; what became of the job is not known", assumed: true)
    case .queued, .ended: return []
    }
  }

  private mutating func end(_ outcome: JobOutcome, _ reason: String, assumed: Bool = false) -> [Action] {
    phase = .ended(outcome)
    return [.record(outcome, reason: reason, assumed: assumed || outcome == .expired)]
  }
}
