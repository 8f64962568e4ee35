import Functions
import HostSystem
import HostSystemTesting
import Minion
import Testing
import Value
import Wire

/// I2: what has begun is never begun again.
@Suite struct WorkerTests {
  private let directory: TemporaryDirectory
  private let spool: JobSpool
  private let order = JobOrder(id: JobID(microseconds: 1), function: "t.run", expires: .now() + 60)

  init() throws {
    directory = try TemporaryDirectory()
    spool = try JobSpool(directory: directory.path("jobs"))
  }

  private func run() async -> Int32 {
    let function = Function("t.run", "Must not run.", effect: .change) { _, _ in
      Issue.record("it was begun")
      return true
    }
    let context = FunctionContext(
      commands: ScriptedCommands([:]), files: HostFiles(root: "/nonexistent"), registry: FunctionRegistry([function]))
    return await Worker(spool: spool, maximumResult: 1000).run(order.id, context: context)
  }

  @Test func aJobThatIsNotInTheJournalIsNotRun() async { #expect(await run() == 2) }

  @Test func aJobThatSomebodyRunsIsNotRun() async throws {
    try spool.journal(order, reserving: false)
    let lock = JobLock(spool, order.id)
    #expect(await run() == 2)
    _ = consume lock
  }

  @Test func aJobThatWasBegunIsNotRun() async throws {
    try spool.journal(order, reserving: false)
    try spool.write(WorkerIdentity(processID: 1, startTime: 2, bootID: "a boot ago"), for: order.id)
    #expect(await run() == 2)
    #expect(spool.result(order.id) == nil)
  }

  @Test func aJobThatHasAResultIsNotRun() async throws {
    try spool.journal(order, reserving: false)
    let now = Moment.now()
    let result = JobResult(id: order.id, outcome: .returned, started: now, ended: now)
    try spool.write(result)
    #expect(await run() == 2)
    #expect(spool.result(order.id) == result)
  }

  @Test func aJobThatIsAcknowledgedIsNotRun() async throws {
    try spool.journal(order, reserving: false)
    try spool.acknowledge(order)
    #expect(await run() == 2)
  }
}
