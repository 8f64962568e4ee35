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
    case .done(let step): done(step)
    case .failed(let step, let reason): failed(step, reason)
    case .recordFailed(let reason): recordFailed(reason)
    }
  }
}
