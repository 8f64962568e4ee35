/// The life of one rotation of one credential, for every kind of credential.
///
/// `planned → generated → staged → applied → verified → committed → oldRevoked`; before the commit a failure leads to
/// `rolledBack`, after it the rotation is finished forwards; what can be neither becomes `orphaned`, for a person.
/// No I/O and no clock: events in, actions out. Whoever carries the actions out does them in order, and never goes past
/// a `record` that failed, so that every effect has been written down before it happens.
struct Rotation: Sendable, Hashable {
  enum Phase: String, Sendable, Hashable, CaseIterable {
    case planned, generated, staged, applied, verified, committed
    case oldRevoked = "old-revoked"
    case rolledBack = "rolled-back"
    case orphaned
  }

  enum Step: String, Sendable, Hashable {
    case generate, stage, apply, verify, commit
    case revokeOld = "revoke the old one"
    case rollBack = "roll back"
  }

  enum Event: Sendable, Hashable {
    /// The first start, or the one after a crash.
    case start
    /// A person asks an orphaned rotation to try again.
    case retry
    /// The certificate that was asked for outside has come.
    case issued
    /// It is not wanted any more.
    case cancel
    case done(Step)
    case failed(Step, String)
    /// The ledger could not be written.
    case recordFailed(String)
  }

  enum Action: Sendable, Hashable {
    case record
    case perform(Step)
    case finish(Outcome)
  }

  enum Outcome: Sendable, Hashable {
    case rotated
    /// Staged; somebody outside has to issue the certificate.
    case awaitingIssue
    case rolledBack(String)
    case orphaned(String)
  }

  /// How often an undoing or a finishing step is tried before a person has to act.
  static let attemptLimit = 3

  private(set) var phase: Phase
  /// Why it is being, or was, undone or given up.
  private(set) var failure: String?
  private(set) var attempts: Int
  /// It stops after staging until the certificate is issued.
  private(set) var isAwaitingIssue: Bool
  /// Whether the new credential was made the current one, which decides the way out of `orphaned`.
  private(set) var isCommitted: Bool

  init(
    phase: Phase = .planned, failure: String? = nil, attempts: Int = 0, isAwaitingIssue: Bool = false,
    isCommitted: Bool = false
  ) {
    self.phase = phase
    self.failure = failure
    self.attempts = attempts
    self.isAwaitingIssue = isAwaitingIssue
    self.isCommitted = isCommitted
  }

  /// Whether a later start has something left to do.
  var isUnfinished: Bool {
    switch phase {
    case .oldRevoked, .rolledBack: false
    case .planned, .generated, .staged, .applied, .verified, .committed, .orphaned: true
    }
  }

  mutating func on(_ event: Event) -> [Action] {
    switch event {
    case .start: resume()
    case .retry: retry()
    case .issued: issued()
    case .cancel: cancel()
    case .done(let step): done(step)
    case .failed(let step, let reason): failed(step, reason)
    case .recordFailed(let reason): recordFailed(reason)
    }
  }

  /// Goes on from what was written down last. Every step may have been done already: steps are idempotent.
  private mutating func resume() -> [Action] {
    switch phase {
    case .orphaned: [.finish(.orphaned(failure ?? "unknown"))]
    case .oldRevoked: [.finish(.rotated)]
    case .rolledBack: [.finish(.rolledBack(failure ?? "unknown"))]
    case .committed: [.perform(.revokeOld)]
    case _ where failure != nil: [.perform(.rollBack)]
    case .planned: [.perform(.generate)]
    case .generated: [.perform(.stage)]
    case .staged: isAwaitingIssue ? [.finish(.awaitingIssue)] : [.perform(.apply)]
    case .applied: [.perform(.verify)]
    case .verified: [.perform(.commit)]
    }
  }

  private mutating func retry() -> [Action] {
    guard phase == .orphaned else { return resume() }
    attempts = 0
    // Which way out is decided by the label: a committed one only has the old one left to revoke.
    if isCommitted {
      phase = .committed
      failure = nil
      return [.record, .perform(.revokeOld)]
    }
    phase = .staged
    return [.record, .perform(.rollBack)]
  }

  private mutating func issued() -> [Action] {
    guard phase == .staged, isAwaitingIssue, failure == nil else { return resume() }
    isAwaitingIssue = false
    return [.record, .perform(.apply)]
  }

  private mutating func cancel() -> [Action] {
    guard phase == .staged, isAwaitingIssue else { return resume() }
    isAwaitingIssue = false
    failure = "cancelled"
    return [.record, .perform(.rollBack)]
  }

  private mutating func done(_ step: Step) -> [Action] {
    switch step {
    case .generate:
      phase = .generated
      return [.record, .perform(.stage)]
    case .stage:
      phase = .staged
      return isAwaitingIssue ? [.record, .finish(.awaitingIssue)] : [.record, .perform(.apply)]
    case .apply:
      phase = .applied
      return [.record, .perform(.verify)]
    case .verify:
      phase = .verified
      return [.record, .perform(.commit)]
    case .commit:
      phase = .committed
      isCommitted = true
      attempts = 0
      return [.record, .perform(.revokeOld)]
    case .revokeOld:
      phase = .oldRevoked
      return [.record, .finish(.rotated)]
    case .rollBack:
      phase = .rolledBack
      return [.record, .finish(.rolledBack(failure ?? "unknown"))]
    }
  }

  private mutating func failed(_ step: Step, _ reason: String) -> [Action] {
    switch step {
    case .generate:
      failure = reason
      phase = .rolledBack
      return [.record, .finish(.rolledBack(reason))]
    case .stage, .apply, .verify, .commit:
      failure = reason
      return [.record, .perform(.rollBack)]
    case .revokeOld:
      attempts += 1
      guard attempts >= Self.attemptLimit else { return [.perform(.revokeOld)] }
      failure = "the new one is in force, but the old one could not be removed: \(reason)"
      return orphan()
    case .rollBack:
      attempts += 1
      guard attempts >= Self.attemptLimit else { return [.perform(.rollBack)] }
      failure = "\(failure ?? "it failed"); and the old one could not be put back: \(reason)"
      return orphan()
    }
  }

  private mutating func recordFailed(_ reason: String) -> [Action] {
    switch phase {
    case .planned, .generated:
      failure = failure ?? reason
      phase = .rolledBack
      return [.finish(.rolledBack(failure ?? reason))]
    case .staged, .applied, .verified:
      // The undoing goes on without the ledger: what it holds still leads a later start to the same undoing.
      failure = failure ?? reason
      return [.perform(.rollBack)]
    case .committed:
      phase = .verified
      isCommitted = false
      failure = reason
      return [.perform(.rollBack)]
    case .oldRevoked: return [.finish(.rotated)]
    case .rolledBack: return [.finish(.rolledBack(failure ?? reason))]
    case .orphaned: return [.finish(.orphaned(failure ?? reason))]
    }
  }

  private mutating func orphan() -> [Action] {
    phase = .orphaned
    return [.record, .finish(.orphaned(failure ?? "unknown"))]
  }
}
