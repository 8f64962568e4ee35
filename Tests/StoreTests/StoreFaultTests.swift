import GRDB
import Glibc
import HostSystem
import HostSystemTesting
import Testing
import Value
import Wire

@testable import Store

/// Full disks and damaged files: a sentence, and nothing half-written.
@Suite struct StoreFaultTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()
  private var path: String { directory.path("brine.db") }

  init() throws { directory = try TemporaryDirectory() }

  private func error(_ body: () throws -> Void) -> StoreError? {
    do { try body() } catch { return error as? StoreError }
    return nil
  }

  /// A commit is on disk when it returns: another process sees it without the first having closed anything.
  @Test func aCommitSurvivesTheProcess() throws {
    let store = try SQLiteStore(path: path)
    let job = try StoreSamples.job()
    try store.commit([.createJob(job), StoreSamples.result(job.id, "web1")])
    // As a crash leaves it: the files as they are now, with the write-ahead log not yet merged.
    let copy = directory.path("copy.db")
    for suffix in ["", "-wal"] { try files.write(copy + suffix, try files.read(path + suffix)) }
    #expect(try SQLiteStore(path: copy).outcomes(of: job.id) == ["web1": .returned])
    #expect(try store.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 2)
    #expect(try store.pool.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
  }

  /// A store of a former version keeps all that is in it.
  @Test func aFormerStoreIsTakenOver() throws {
    do {
      let pool = try DatabasePool(path: path)
      try Schema.migrator.migrate(pool, upTo: "1 jobs, results, minions, operators, invitations")
      try pool.write { db in
        try db.execute(
          sql: """
            INSERT INTO job VALUES ('20261125000000000001', 1, 'anna', x'80', x'80', x'90', 2, 3, NULL);
            INSERT INTO result VALUES ('20261125000000000001', 'web1', 'failed', x'C3', 'why', 3, 4, 5, 6, 1);
            INSERT INTO grains VALUES ('web1', 'd', x'80', 7);
            """)
      }
      try pool.close()
    }
    let store = try SQLiteStore(path: path)
    let id = try #require(JobID("20261125000000000001"))
    let found = try #require(try store.results(of: id).first)
    #expect(found.minion.text == "web1")
    #expect(found.result.outcome == .failed)
    #expect(found.result.encodedValue == [0xC3])
    #expect(found.result.error == "why")
    #expect(found.isAssumed)
    // What was assumed is replaced in the new table too, and only that.
    try store.commit([try StoreSamples.result(id, "web1"), try StoreSamples.result(id, "web1", .failed)])
    #expect(try store.outcomes(of: id) == ["web1": .returned])
    try store.pool.read { db in
      let tables = try String.fetchAll(
        db, sql: "SELECT sql FROM sqlite_master WHERE name IN ('job', 'result', 'grains')")
      #expect(tables.count == 3)
      #expect(!tables.contains { $0.contains("WITHOUT ROWID") })
      #expect(try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM job") == 1)
      #expect(try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM grains") == 1)
    }
  }

  @Test func anUnfinishedWriteIsAsIfItHadNotBeen() throws {
    let store = try SQLiteStore(path: path)
    let (first, second) = (try StoreSamples.job(), try StoreSamples.job(at: 1))
    try store.commit([.createJob(first)])
    let before = try files.read(path + "-wal").count
    try store.commit([.createJob(second)])
    let copy = directory.path("copy.db")
    let log = try files.read(path + "-wal")
    // The power fails at some byte of the second commit.
    for length in stride(from: before, to: log.count, by: 97) {
      try files.write(copy, try files.read(path))
      try files.write(copy + "-wal", log.prefix(length))
      try files.remove(copy + "-shm")
      #expect(try SQLiteStore(path: copy).jobs(limit: 9).map(\.id) == [first.id], "\(length) of \(log.count) bytes")
    }
  }

  @Test func aFullDiskRefusesTheWholeBatch() throws {
    let store = try SQLiteStore(path: path)
    let (first, second) = (try StoreSamples.job(), try StoreSamples.job(at: 1))
    try store.commit([.createJob(first)])
    try store.pool.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
    }
    let refusal = error {
      try store.commit([
        .createJob(second), StoreSamples.result(first.id, "web1", value: [UInt8](repeating: 1, count: 1 << 20)),
      ])
    }
    #expect(refusal?.code == .diskFull)
    #expect(refusal?.description.hasPrefix("cannot commit: the master's disk is full or failing") == true)
    #expect(try store.jobs(limit: 9).map(\.id) == [first.id])
    #expect(try store.results(of: first.id).isEmpty)
    // And it goes on when there is room again.
    try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
    try store.commit([.createJob(second), StoreSamples.result(first.id, "web1")])
    #expect(try store.jobs(limit: 9).count == 2)
  }

  @Test func oneBadOperationRefusesTheWholeBatch() throws {
    let store = try SQLiteStore(path: path)
    let (first, second) = (try StoreSamples.job(), try StoreSamples.job(at: 1))
    try store.commit([.createJob(first)])
    #expect(error { try store.commit([.createJob(second), .createJob(first)]) }?.code == .other, "the id is taken")
    #expect(try store.jobs(limit: 9).map(\.id) == [first.id])
  }

  @Test func aFileThatCannotBeWrittenIsRefused() throws {
    try SQLiteStore(path: path).commit([.createJob(try StoreSamples.job())])
    let store = try SQLiteStore(path: path)
    try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
    let refusal = error { try store.commit([.createJob(try StoreSamples.job(at: 1))]) }
    #expect(refusal?.description.hasPrefix("cannot commit: ") == true)
    #expect(try store.jobs(limit: 9).count == 1)
  }

  @Test func aDirectoryThatIsMissingIsNamed() throws {
    let missing = directory.path("missing/brine.db")
    #expect(error { _ = try SQLiteStore(path: missing) }?.description.hasPrefix("cannot open \(missing): ") == true)
  }

  @Test(arguments: ["not a database, but long enough to be looked at", String(repeating: "\0\u{1}garbage", count: 600)])
  func aFileThatIsNoDatabaseIsRefused(_ content: String) throws {
    try files.write(path, text: content)
    let refusal = error { _ = try SQLiteStore(path: path) }
    #expect(refusal?.code == .corrupt)
    #expect(refusal?.description.hasPrefix("cannot open \(path): the job store is damaged") == true)
    #expect(try files.readText(path) == content, "a damaged file is left for a look at it")
  }

  @Test func aDamagedFileIsRefused() throws {
    try SQLiteStore(path: path).commit(
      try (0..<200).map { .createJob(try StoreSamples.job(at: Double($0))) })
    var bytes = try files.read(path)
    #expect(bytes.count > 16_384)
    // The header stays, so that it is a database; every page after the first is overwritten.
    for index in 4096..<bytes.count { bytes[index] = 0x5A }
    try files.write(path, bytes)
    for suffix in ["-wal", "-shm"] { try files.remove(path + suffix) }
    let refusal = error {
      let store = try SQLiteStore(path: path)
      _ = try store.jobs(limit: 1000)
    }
    #expect(refusal?.code == .corrupt)
    #expect(refusal?.description.contains("the job store is damaged") == true)
  }
}
