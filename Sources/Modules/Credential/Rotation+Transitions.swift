extension Rotation {
  /// Goes on from what was written down last. Every step may have been done already: steps are idempotent.
  mutating func resume() -> [Action] {
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

  mutating func retry() -> [Action] {
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

  mutating func issued() -> [Action] {
    guard phase == .staged, isAwaitingIssue, failure == nil else { return resume() }
    isAwaitingIssue = false
    return [.record, .perform(.apply)]
  }

  mutating func done(_ step: Step) -> [Action] {
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

  mutating func failed(_ step: Step, _ reason: String) -> [Action] {
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

  mutating func recordFailed(_ reason: String) -> [Action] {
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
