import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import TestSupport
import Testing
import Value
import Wire

@testable import Minion

/// Journal and spool on disk: whole files or none, and what a crash leaves is understood.
@Suite struct JobSpoolTests {
  private static let now = Moment(microseconds: 1_795_521_600_000_000)
  private let directory: TemporaryDirectory
  private let files = HostFiles()
  private let spool: JobSpool

  init() throws {
    directory = try TemporaryDirectory()
    spool = try JobSpool(directory: directory.path("state/jobs"))
  }

  private func order(_ number: Int64 = 1) -> JobOrder {
    JobOrder(
      id: JobID(microseconds: Self.now.microseconds + number), function: "pkg.upgrade", arguments: ["libssl3"],
      namedArguments: ["refresh": true], operatorName: "anna", expires: Self.now + 60, deadline: 30, isTest: true,
      sealingKeys: ["anna": .bytes([1, 2])])
  }

  private func result(_ order: JobOrder, _ outcome: JobOutcome = .returned) -> JobResult {
    JobResult(
      id: order.id, outcome: outcome, encodedValue: [0xC3], error: "none", exitCode: 3, started: Self.now,
      ended: Self.now + 1)
  }

  private func names() throws -> [String] { try files.entries(spool.directory) }
  private func files(of order: JobOrder) throws -> Set<String> {
    Set(try names().filter { $0.hasPrefix(order.id.text) }.map { String($0.dropFirst(21)) })
  }

  /// What a daemon finds that starts now: `job`, `job+result` or `done` by id.
  private func found(problems: inout [String]) -> [JobID: String] {
    var reported: [String] = []
    let pairs: [(JobID, String)] = spool.scan { reported.append($0) }.map { found in
      switch found {
      case .job(let order, nil): (order.id, "job")
      case .job(let order, .some): (order.id, "job+result")
      case .done(let id, _): (id, "done")
      }
    }
    problems = reported
    return Dictionary(pairs, uniquingKeysWith: { "\($0) and \($1)" })
  }

  private func found() -> [JobID: String] {
    var problems: [String] = []
    let found = found(problems: &problems)
    #expect(problems.isEmpty)
    return found
  }

  @Test func theDirectoryIsItsOwnersAlone() {
    #expect(files.status(spool.directory)?.mode == 0o700)
  }

  @Test func ordersAndResultsComeBackWhole() throws {
    let order = order()
    try spool.journal(order, reserving: true)
    #expect(spool.order(order.id) == order)
    #expect(files.status(spool.path(order.id, "job"))?.mode == 0o600)
    try spool.write(result(order))
    #expect(spool.result(order.id) == result(order))
    #expect(spool.order(JobID(microseconds: 5)) == nil)
    #expect(spool.result(JobID(microseconds: 5)) == nil)
  }

  @Test func aLifeOnDisk() throws {
    let order = order()
    #expect(found().isEmpty)
    try spool.journal(order, reserving: true)
    #expect(try files(of: order) == ["job", "reserve"])
    #expect(files.status(spool.path(order.id, "reserve"))?.size == 262_144, "room for the result is taken")
    #expect(found() == [order.id: "job"])
    let worker = try #require(WorkerIdentity.current())
    try spool.write(worker, for: order.id)
    #expect(spool.worker(order.id) == worker)
    #expect(found() == [order.id: "job"])
    try spool.write(result(order))
    #expect(try files(of: order) == ["job", "worker", "result"])
    #expect(found() == [order.id: "job+result"])
    spool.markCancelled(order.id)
    #expect(spool.isCancelled(order.id))
    try spool.acknowledge(order)
    #expect(try files(of: order) == ["done"])
    #expect(found() == [order.id: "done"])
    spool.forgetDone(order.id)
    #expect(try names().isEmpty)
  }

  @Test func aReadNeedsNoReserve() throws {
    try spool.journal(order(), reserving: false)
    #expect(try files(of: order()) == ["job"])
  }

  @Test func doneKeepsItsExpiry() throws {
    try spool.journal(order(), reserving: false)
    try spool.acknowledge(order())
    var moments: [JobID: Moment] = [:]
    for case .done(let id, let expires) in spool.scan({ _ in }) { moments[id] = expires }
    #expect(moments == [order().id: Self.now + 60])
  }

  /// The daemon died between writing `done` and removing the rest: the job is over all the same.
  @Test func doneCountsBeforeWhatIsLeftBesideIt() throws {
    let order = order()
    try spool.journal(order, reserving: true)
    try spool.write(result(order))
    let left = try files.read(spool.path(order.id, "job"))
    try spool.acknowledge(order)
    try files.write(spool.path(order.id, "job"), left)
    #expect(found() == [order.id: "done"])
  }

  @Test func whatAWriteThatWasCutShortLeftIsRemoved() throws {
    let order = order()
    let whole = MessagePackWriter.encode(.map(order.fields))
    for length in [0, 1, whole.count / 2, whole.count] {
      // Killed before the rename: there is only the temporary file.
      try files.write("\(directory.path)/part", whole.prefix(length))
      try files.rename("\(directory.path)/part", to: "\(spool.path(order.id, "job")).brine-99-123")
      #expect(found().isEmpty, "\(length) bytes")
      #expect(try names().isEmpty)
    }
  }

  @Test func aJournalThatCannotBeReadIsPutAsideAndTold() throws {
    let (good, bad) = (order(1), order(2))
    try spool.journal(good, reserving: false)
    try spool.journal(bad, reserving: false)
    let whole = try files.read(spool.path(bad.id, "job"))
    for length in 0..<whole.count {
      try files.write(spool.path(bad.id, "job"), whole.prefix(length))
      var problems: [String] = []
      #expect(found(problems: &problems) == [good.id: "job"], "\(length) bytes")
      #expect(problems == ["\(spool.path(bad.id, "job")) cannot be read"])
      #expect(try files(of: bad) == ["job.unreadable"], "it is kept for a look at it, and told once")
      #expect(found() == [good.id: "job"])
    }
  }

  @Test func aResultThatCannotBeReadIsNone() throws {
    let order = order()
    try spool.journal(order, reserving: false)
    try spool.write(result(order))
    let whole = try files.read(spool.path(order.id, "result"))
    for length in 0..<whole.count {
      try files.write(spool.path(order.id, "result"), whole.prefix(length))
      #expect(spool.result(order.id) == nil, "\(length) bytes")
    }
    #expect(found() == [order.id: "job"])
  }

  @Test func strangeNamesAreLeftAlone() throws {
    for name in ["notes.txt", "123.job", "x.done", ".hidden", "20261124120000000001.other"] {
      try files.write("\(spool.directory)/\(name)", text: "mine")
    }
    #expect(found().isEmpty)
    #expect(try names().count == 5)
  }

  @Test func withoutRoomTheJobIsNotInTheJournal() throws {
    // A directory in the place of the file makes each step fail as a full disk would.
    let order = order()
    try files.makeDirectory(spool.path(order.id, "reserve"))
    #expect(throws: HostError.self) { try spool.journal(order, reserving: true) }
    #expect(spool.order(order.id) == nil)
    #expect(found().isEmpty)
  }

  @Test func progressIsTheLastLineTold() throws {
    #expect(spool.progress(order().id) == nil)
    try files.write(spool.path(order().id, "progress"), text: "3 of 9\n")
    #expect(spool.progress(order().id) == "3 of 9")
  }

  // MARK: The lock

  /// Whether somebody runs the job, or it is not in the journal.
  private func isTaken(_ order: JobOrder) -> Bool { JobLock(spool, order.id) == nil }

  @Test func oneHoldsTheLock() throws {
    let order = order()
    #expect(isTaken(order), "a job that is not in the journal has none")
    try spool.journal(order, reserving: false)
    #expect(!isTaken(order))
    let lock = JobLock(spool, order.id)
    #expect(isTaken(order))
    _ = consume lock
    #expect(!isTaken(order), "it is given back")
  }

  /// Whoever dies gives the lock back, however it dies.
  @Test func theLockGoesWithItsProcess() async throws {
    let order = order()
    try spool.journal(order, reserving: false)
    let (path, held) = (spool.path(order.id, "job"), directory.path("held"))
    let script = "exec 9< \(path); flock -n 9 || exit 7; echo $$ > \(held).new; mv \(held).new \(held); exec sleep 60"
    async let holder = SubprocessRunner().run("sh", "-c", script)
    let line = try await eventually("a program holds the lock") { files.firstLine(held) }
    let process = try #require(Int32(line))
    #expect(isTaken(order))
    kill(process, SIGKILL)
    #expect(try await holder.ending == .signalled(SIGKILL))
    #expect(!isTaken(order))
  }

  // MARK: Workers

  @Test func aWorkerIsKnownByMoreThanItsProcessID() throws {
    let current = try #require(WorkerIdentity.current())
    #expect(current.isAlive)
    #expect(WorkerIdentity(current.value) == current)
    var other = current
    other.startTime += 1
    #expect(!other.isAlive, "the process id was used again")
    other = current
    other.bootID = "another boot"
    #expect(!other.isAlive)
    #expect(WorkerIdentity.of(Int32.max) == nil)
  }

  @Test(
    arguments: [
      .null, [:], ["pid": 1], ["pid": 1, "start": "x", "boot": "b"], ["pid": 9_999_999_999, "start": "1", "boot": "b"],
      ["pid": "1", "start": "1", "boot": "b"], ["pid": 1, "start": "-1", "boot": "b"],
    ] as [Value])
  func aDamagedIdentityIsNone(_ value: Value) { #expect(WorkerIdentity(value) == nil) }
}
