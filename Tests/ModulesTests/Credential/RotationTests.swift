import Testing

@testable import Modules

/// Transcripts of the rotation machine: what it is told, what it wants done.
@Suite struct RotationTests {
  @Test func aRotationThatGoesWell() {
    var rotation = Rotation()
    #expect(rotation.on(.start) == [.perform(.generate)])
    #expect(rotation.on(.done(.generate)) == [.record, .perform(.stage)])
    #expect(rotation.phase == .generated)
    #expect(rotation.on(.done(.stage)) == [.record, .perform(.apply)])
    #expect(rotation.on(.done(.apply)) == [.record, .perform(.verify)])
    #expect(rotation.on(.done(.verify)) == [.record, .perform(.commit)])
    #expect(!rotation.isCommitted)
    #expect(rotation.on(.done(.commit)) == [.record, .perform(.revokeOld)])
    #expect(rotation.isCommitted)
    #expect(rotation.on(.done(.revokeOld)) == [.record, .finish(.rotated)])
    #expect(rotation.phase == .oldRevoked)
    #expect(!rotation.isUnfinished)
  }

  /// Before each effect something is written down.
  @Test func everyEffectButTheGenerationIsRecordedFirst() {
    for step in [Rotation.Step.generate, .stage, .apply, .verify, .commit] {
      var rotation = Rotation()
      #expect(rotation.on(.done(step)).first == .record)
    }
  }

  @Test(
    arguments: [
      (.planned, .generate), (.generated, .stage), (.staged, .apply), (.applied, .verify), (.verified, .commit),
      (.committed, .revokeOld),
    ] as [(Rotation.Phase, Rotation.Step)])
  func goesOnAfterACrash(_ phase: Rotation.Phase, _ step: Rotation.Step) {
    var rotation = Rotation(phase: phase, isCommitted: phase == .committed)
    #expect(rotation.on(.start) == [.perform(step)])
  }

  @Test func nothingIsUndoneWhenGeneratingFails() {
    var rotation = Rotation()
    #expect(rotation.on(.failed(.generate, "no entropy")) == [.record, .finish(.rolledBack("no entropy"))])
  }

  @Test(arguments: [Rotation.Step.stage, .apply, .verify, .commit])
  func aFailureBeforeTheCommitIsRolledBack(_ step: Rotation.Step) {
    var rotation = Rotation(phase: .staged)
    #expect(rotation.on(.failed(step, "no")) == [.record, .perform(.rollBack)])
    #expect(rotation.on(.done(.rollBack)) == [.record, .finish(.rolledBack("no"))])
    #expect(rotation.phase == .rolledBack)
  }

  @Test func aRollbackThatWasCutOffGoesOn() {
    var rotation = Rotation(phase: .applied, failure: "no")
    #expect(rotation.on(.start) == [.perform(.rollBack)])
  }

  @Test func aRollbackThatFailsThriceIsOrphaned() {
    var rotation = Rotation(phase: .applied)
    _ = rotation.on(.failed(.verify, "not served"))
    #expect(rotation.on(.failed(.rollBack, "disk")) == [.perform(.rollBack)])
    #expect(rotation.on(.failed(.rollBack, "disk")) == [.perform(.rollBack)])
    let last = rotation.on(.failed(.rollBack, "disk"))
    #expect(last == [.record, .finish(.orphaned("not served; and the old one could not be put back: disk"))])
    #expect(rotation.phase == .orphaned)
    #expect(rotation.isUnfinished)
  }

  @Test func anOrphanStaysOneUntilAPersonAsks() {
    var rotation = Rotation(phase: .orphaned, failure: "disk", attempts: 3)
    #expect(rotation.on(.start) == [.finish(.orphaned("disk"))])
    #expect(rotation.on(.retry) == [.record, .perform(.rollBack)])
    #expect(rotation.attempts == 0)
    #expect(rotation.on(.done(.rollBack)) == [.record, .finish(.rolledBack("disk"))])
  }

  @Test func afterTheCommitItIsFinishedForwards() {
    var rotation = Rotation(phase: .committed, isCommitted: true)
    #expect(rotation.on(.failed(.revokeOld, "busy")) == [.perform(.revokeOld)])
    #expect(rotation.on(.failed(.revokeOld, "busy")) == [.perform(.revokeOld)])
    #expect(rotation.on(.failed(.revokeOld, "busy")).last != .perform(.rollBack))
    #expect(rotation.phase == .orphaned)
    #expect(rotation.on(.retry) == [.record, .perform(.revokeOld)])
    #expect(rotation.on(.done(.revokeOld)) == [.record, .finish(.rotated)])
    #expect(rotation.failure == nil)
  }

  @Test func anUnwrittenCommitIsNone() {
    var rotation = Rotation(phase: .verified)
    _ = rotation.on(.done(.commit))
    #expect(rotation.on(.recordFailed("disk full")) == [.perform(.rollBack)])
    #expect(!rotation.isCommitted)
    #expect(rotation.on(.done(.rollBack)) == [.record, .finish(.rolledBack("disk full"))])
  }

  @Test func nothingIsDoneWhenTheFirstRecordFails() {
    var rotation = Rotation()
    _ = rotation.on(.done(.generate))
    #expect(rotation.on(.recordFailed("disk full")) == [.finish(.rolledBack("disk full"))])
  }

  @Test func aRequestWaitsForItsCertificate() {
    var rotation = Rotation(phase: .generated, isAwaitingIssue: true)
    #expect(rotation.on(.done(.stage)) == [.record, .finish(.awaitingIssue)])
    #expect(rotation.on(.start) == [.finish(.awaitingIssue)])
    #expect(rotation.on(.issued) == [.record, .perform(.apply)])
    #expect(rotation.on(.done(.apply)) == [.record, .perform(.verify)])
  }

  @Test func aWaitingRequestCanBeCancelled() {
    var rotation = Rotation(phase: .staged, isAwaitingIssue: true)
    #expect(rotation.on(.cancel) == [.record, .perform(.rollBack)])
    #expect(rotation.on(.done(.rollBack)) == [.record, .finish(.rolledBack("cancelled"))])
  }

  /// Cut off at any point and started again, every rotation ends.
  @Test(arguments: Rotation.Phase.allCases)
  func everyPhaseLeadsToAnEnd(_ phase: Rotation.Phase) {
    var rotation = Rotation(phase: phase, failure: phase == .orphaned ? "x" : nil)
    var actions = rotation.on(.start)
    for _ in 0..<20 {
      if case .finish? = actions.last { return }
      guard case .perform(let step)? = actions.last else { break }
      actions = rotation.on(.done(step))
    }
    Issue.record("no end from \(phase)")
  }
}
