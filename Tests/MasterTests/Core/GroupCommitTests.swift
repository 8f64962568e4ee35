import HostSystemTesting
import Store
import Synchronization
import Testing
import Wire

@testable import Master

@Suite struct GroupCommitTests {
  @Test func batchesAreCommittedOneAfterAnotherAndFailuresTold() async throws {
    let directory = try TemporaryDirectory()
    let store = try SQLiteStore(path: directory.path("brine.db"))
    let group = GroupCommit(store: store)
    let order = Mutex<[Int]>([])
    let id = JobID(microseconds: 1)
    let now = Moment(microseconds: 1)
    let job = StoredJob(
      id: id, created: now, operatorName: "anna",
      request: JobRequest(target: TargetSpecification(kind: "glob", expression: "*"), function: "test.ping"),
      minions: [], expires: now, order: JobOrder(id: id, function: "test.ping", expires: now))
    func commit(_ number: Int, _ operations: [StoreOperation]) async -> StoreError? {
      await withCheckedContinuation { continuation in
        group.commit(operations) { error in
          order.withLock { $0.append(number) }
          continuation.resume(returning: error)
        }
      }
    }
    #expect(await commit(1, [.createJob(job)]) == nil)
    #expect(try store.job(id) != nil, "it is durable when the callback comes")
    #expect(await commit(2, [.cancelJob(id, by: "ben"), .createJob(job)])?.code == .other)
    #expect(try store.job(id)?.cancelledBy == nil, "a batch that fails leaves nothing")
    #expect(await commit(3, [.cancelJob(id, by: "ben")]) == nil)
    #expect(order.withLock { $0 } == [1, 2, 3])
  }
}
