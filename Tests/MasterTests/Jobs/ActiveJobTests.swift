import Master
import Store
import Testing
import Wire

/// A job on several minions: who may start, and when it is complete.
@Suite struct ActiveJobTests {
  private static let start = MinionJobTests.start
  private let minions: [MinionID]

  init() { minions = (1...4).compactMap { MinionID("web\($0)") } }

  private func job(ended: [MinionID: JobOutcome] = [:], window: Int? = nil, cancelledBy: String? = nil) -> ActiveJob {
    let id = JobID(microseconds: Self.start.microseconds)
    let stored = StoredJob(
      id: id, created: Self.start, operatorName: "anna",
      request: JobRequest(target: TargetSpecification(kind: "glob", expression: "*"), function: "test.ping"),
      minions: minions, expires: Self.start + 100, cancelledBy: cancelledBy,
      order: JobOrder(id: id, function: "test.ping", expires: Self.start + 100, deadline: 50))
    return ActiveJob(stored, ended: ended, window: window)
  }

  private func send(_ job: ActiveJob, _ id: MinionID) {
    let actions = job.on(.tick, from: id, isOnline: true, mayStart: true, now: Self.start)
    #expect(actions == [.sendOrder])
    _ = job.on(.orderSent(true), from: id, isOnline: true, mayStart: true, now: Self.start)
  }

  @Test func isCompleteWhenAllHaveEnded() {
    let job = job()
    for id in minions {
      #expect(!job.isComplete)
      #expect(job.committed(.returned, of: id))
    }
    #expect(job.isComplete)
    #expect(!job.committed(.failed, of: minions[0]), "it had ended before")
    #expect(job.isComplete)
  }

  @Test func theFirstEndIsToldAndTheTruthAfterAnAssumption() {
    let job = job()
    #expect([false, false, true].map { job.isNews(of: minions[0], isAssumed: $0) } == [true, false, false])
    #expect(
      [true, true, false, false].map { job.isNews(of: minions[1], isAssumed: $0) } == [true, false, true, false])
  }

  @Test func anEndThatTheMasterRecordsCountsToo() {
    let job = job()
    for id in minions { _ = job.on(.tick, from: id, isOnline: false, mayStart: true, now: Self.start + 100) }
    #expect(job.isComplete)
  }

  @Test func strangersAreNoPartOfIt() throws {
    let job = job()
    let stranger = try #require(MinionID("db1"))
    #expect(job.on(.result(.returned), from: stranger, isOnline: true, mayStart: true, now: Self.start) == nil)
    #expect(!job.committed(.returned, of: stranger))
    #expect(!job.isComplete)
    #expect(job.minions.count == 4)
  }

  @Test func afterARestartOnlyTheOthersAreOpen() {
    let job = job(ended: [minions[0]: .returned, minions[1]: .failed], cancelledBy: "ben")
    #expect(job.cancelledBy == "ben")
    #expect(job.minions[minions[0]]?.phase == .ended(.returned))
    #expect(job.minions[minions[2]]?.phase == .queued)
    job.committed(.returned, of: minions[2])
    #expect(!job.isComplete)
    job.committed(.returned, of: minions[3])
    #expect(job.isComplete)
    #expect(self.job(ended: Dictionary(uniqueKeysWithValues: minions.map { ($0, .returned) })).isComplete)
  }

  @Test func aBatchHasSoManyPlaces() {
    let job = job(window: 2)
    let everybody: (MinionID) -> Bool = { _ in true }
    #expect(job.isBatched)
    for id in minions.prefix(2) {
      #expect(job.mayStart(isOnline: everybody))
      send(job, id)
    }
    #expect(!job.mayStart(isOnline: everybody))
    // One that ended makes room for one.
    job.committed(.returned, of: minions[0])
    #expect(job.mayStart(isOnline: everybody))
    send(job, minions[2])
    #expect(!job.mayStart(isOnline: everybody))
    // One that fell silent does not hold up the rest.
    #expect(job.mayStart { $0 != self.minions[1] })
    // An order that was not taken after all frees its place.
    _ = job.on(.orderSent(false), from: minions[2], isOnline: true, mayStart: true, now: Self.start)
    #expect(job.mayStart(isOnline: everybody))
  }

  @Test func withoutABatchAllMayStart() {
    let job = job()
    #expect(!job.isBatched)
    for id in minions {
      #expect(job.mayStart { _ in true })
      send(job, id)
    }
  }

  @Test func progressGoesWithTheEnd() {
    let job = job()
    job.progress[minions[0]] = "3 of 9"
    job.committed(.returned, of: minions[0])
    #expect(job.progress.isEmpty)
  }
}
