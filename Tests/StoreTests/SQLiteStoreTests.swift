import HostSystemTesting
import OrderedCollections
import Store
import Testing
import Value
import Wire

/// What is committed is there after the store is opened again, whole.
@Suite struct SQLiteStoreTests {
  private let directory: TemporaryDirectory
  private var path: String { directory.path("brine.db") }

  init() throws { directory = try TemporaryDirectory() }

  /// Commits with one opening of the file, so that what is read next comes from disk.
  private func commit(_ operations: [StoreOperation]) throws { try SQLiteStore(path: path).commit(operations) }
  private func reopened() throws -> SQLiteStore { try SQLiteStore(path: path) }

  @Test func aNewStoreIsEmpty() throws {
    let store = try reopened()
    #expect(try store.minions().isEmpty)
    #expect(try store.operators().isEmpty)
    #expect(try store.invitations().isEmpty)
    #expect(try store.jobs(limit: 10).isEmpty)
    #expect(try store.job(JobID(microseconds: 1)) == nil)
  }

  @Test func aJobComesBackWhole() throws {
    let job = try StoreSamples.job()
    try commit([.createJob(job)])
    let found = try #require(try reopened().job(job.id))
    #expect(found.id == job.id)
    #expect(found.created == job.created)
    #expect(found.operatorName == "anna")
    #expect(found.request == job.request)
    #expect(found.order == job.order)
    #expect(found.minions == job.minions)
    #expect(found.expires == job.expires)
    #expect(found.completed == nil)
    #expect(found.cancelledBy == nil)
  }

  @Test func aResultComesBackWhole() throws {
    let job = try StoreSamples.job()
    try commit([
      .createJob(job), StoreSamples.result(job.id, "web1", .failed, value: [0, 255, 1], error: "no lock"),
      StoreSamples.result(job.id, "web2", .expired, value: nil, isAssumed: true),
    ])
    let found = try reopened().results(of: job.id)
    #expect(found.map(\.minion.text) == ["web1", "web2"])
    #expect(
      found.first?.result
        == JobResult(
          id: job.id, outcome: .failed, encodedValue: [0, 255, 1], error: "no lock", exitCode: 1,
          started: StoreSamples.noon, ended: StoreSamples.noon + 1))
    #expect(found.first?.received == StoreSamples.noon + 2)
    #expect(found.map(\.isAssumed) == [false, true])
    #expect(found.last?.result.encodedValue == nil)
    #expect(found.last?.result.error == nil)
  }

  @Test func keysGrainsOperatorsAndInvitationsComeBack() throws {
    let web1 = try StoreSamples.minion("web1")
    let minion = StoredMinion(
      publicKey: "key-1", id: web1, status: .accepted, firstSeen: StoreSamples.noon, lastSeen: StoreSamples.noon + 9,
      address: "10.0.0.1", version: "0.1.0")
    let denied = StoredMinion(
      publicKey: "key-2", id: web1, status: .denied, firstSeen: StoreSamples.noon + 1, lastSeen: StoreSamples.noon + 1)
    let grains = StoredGrains(
      digest: "d1", grains: ["os": "Debian", "ipv4": ["10.0.0.1"]], received: StoreSamples.noon)
    let person = StoredOperator(
      name: "anna", role: "admin", publicKey: "key-3", sealingKey: [9, 8, 7], added: StoreSamples.noon)
    let invitation = StoredInvitation(
      digest: [1, 2, 3], idGlob: "web*", usesLeft: 5, expires: StoreSamples.noon, operatorName: "anna")
    try commit([
      .saveMinion(minion), .saveMinion(denied), .saveGrains(web1, grains), .saveOperator(person),
      .saveInvitation(invitation),
    ])
    var withGrains = minion
    withGrains.grains = grains
    let store = try reopened()
    // Grains are the accepted minion's, not those of a key that only claims the id.
    #expect(try store.minions() == [withGrains, denied])
    #expect(try store.operators() == [person])
    #expect(try store.invitations() == [invitation])
  }

  @Test func savingAgainReplacesAndRemovingRemoves() throws {
    let web1 = try StoreSamples.minion("web1")
    var minion = StoredMinion(
      publicKey: "k", id: web1, status: .pending, firstSeen: StoreSamples.noon, lastSeen: StoreSamples.noon)
    var invitation = StoredInvitation(
      digest: [1], idGlob: "*", usesLeft: 2, expires: StoreSamples.noon, operatorName: "anna")
    try commit([.saveMinion(minion), .saveInvitation(invitation)])
    minion.status = .accepted
    invitation.usesLeft = 1
    try commit([.saveMinion(minion), .saveInvitation(invitation)])
    #expect(try reopened().minions().map(\.status) == [.accepted])
    #expect(try reopened().invitations().map(\.usesLeft) == [1])
    try commit([.removeMinion(publicKey: "k"), .removeInvitation(digest: [1]), .removeOperator("nobody")])
    #expect(try reopened().minions().isEmpty)
    #expect(try reopened().invitations().isEmpty)
  }

  @Test func cancellingAndCompletingAreKept() throws {
    let (first, second) = (try StoreSamples.job(), try StoreSamples.job(at: 1))
    try commit([
      .createJob(first), .createJob(second), .cancelJob(first.id, by: "ben"),
      .completeJob(second.id, StoreSamples.noon + 30),
    ])
    // The first completion counts.
    try commit([.completeJob(second.id, StoreSamples.noon + 99)])
    let store = try reopened()
    #expect(try store.job(first.id)?.cancelledBy == "ben")
    #expect(try store.job(second.id)?.completed == StoreSamples.noon + 30)
    #expect(try store.incompleteJobs().map(\.id) == [first.id])
    #expect(try store.jobs(limit: 10).map(\.id) == [second.id, first.id], "the newest come first")
    #expect(try store.jobs(limit: 1).map(\.id) == [second.id])
  }

  @Test func onlyOldCompleteJobsArePruned() throws {
    let (old, oldOpen, new) = (
      try StoreSamples.job(at: -100), try StoreSamples.job(at: -90), try StoreSamples.job(at: 0)
    )
    try commit([
      .createJob(old), .createJob(oldOpen), .createJob(new), StoreSamples.result(old.id, "web1"),
      StoreSamples.result(oldOpen.id, "web1"), StoreSamples.result(new.id, "web1"),
      .completeJob(old.id, StoreSamples.noon), .completeJob(new.id, StoreSamples.noon),
    ])
    try commit([.pruneJobs(before: StoreSamples.noon + -50)])
    let store = try reopened()
    #expect(try store.jobs(limit: 10).map(\.id) == [new.id, oldOpen.id])
    #expect(try store.results(of: old.id).isEmpty, "results go with their job")
    #expect(try store.results(of: oldOpen.id).count == 1)
    #expect(try store.results(of: new.id).count == 1)
  }

  /// Which of two ends counts, in the order they came.
  @Test(arguments: [
    ([(JobOutcome.returned, false), (.returned, false)], JobOutcome.returned),
    ([(.returned, false), (.failed, false)], .returned),
    ([(.expired, true), (.returned, false)], .returned),
    ([(.interrupted, true), (.failed, false), (.returned, false)], .failed),
    ([(.returned, false), (.interrupted, true)], .returned),
    ([(.expired, true), (.interrupted, true)], .expired),
  ])
  func oneEndIsKept(_ ends: [(outcome: JobOutcome, isAssumed: Bool)], _ kept: JobOutcome) throws {
    let job = try StoreSamples.job()
    try commit([.createJob(job)])
    for end in ends {
      try commit([StoreSamples.result(job.id, "web1", end.outcome, isAssumed: end.isAssumed)])
    }
    let store = try reopened()
    #expect(try store.outcomes(of: job.id) == ["web1": kept])
    #expect(try store.outcomeCounts(of: job.id) == [kept: 1])
    let ended = try store.endedMinions(of: job.id)
    #expect(ended.map(\.minion.text) == ["web1"])
    #expect(ended.map(\.outcome) == [kept])
  }

  @Test func theSameWithinOneBatch() throws {
    let job = try StoreSamples.job()
    try commit([
      .createJob(job), StoreSamples.result(job.id, "web1", .failed), StoreSamples.result(job.id, "web1", .returned),
      StoreSamples.result(job.id, "web2", .returned),
    ])
    #expect(try reopened().outcomes(of: job.id) == ["web1": .failed, "web2": .returned])
  }

  @Test func outcomesAreCounted() throws {
    let job = try StoreSamples.job(minions: (0..<30).map { "web\($0)" })
    let outcomes: [JobOutcome] = [.returned, .failed, .returned, .cancelled, .refused, .returned]
    try commit(
      [.createJob(job)]
        + (0..<30).map { try StoreSamples.result(job.id, "web\($0)", outcomes[$0 % outcomes.count]) })
    #expect(
      try reopened().outcomeCounts(of: job.id) == [.returned: 15, .failed: 5, .cancelled: 5, .refused: 5])
  }
}
