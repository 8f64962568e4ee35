import GRDB
import Value
import Wire

/// The embedded store: SQLite in WAL mode with `synchronous=FULL`, so that a commit survives a power cut.
public final class SQLiteStore: Store {
  let pool: DatabasePool

  /// Opens or makes the database file.
  public init(path: String) throws(StoreError) {
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.maximumReaderCount = 4
      configuration.label = "brine"
      pool = try DatabasePool(path: path, configuration: configuration)
      try Schema.migrator.migrate(pool)
      // GRDB sets NORMAL when it turns WAL on, after `prepareDatabase`: only a later PRAGMA counts.
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // Results come in host by host and are kept job by job, so that a batch touches pages all over the table. With
        // SQLite's 2 MB they would be read and written again within one batch: 32 MB for the writer, and 64 MB of log
        // before its pages are copied back.
        try db.execute(sql: "PRAGMA cache_size = -32768")
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 16000")
      }
    } catch { throw Self.storeError(error, "open \(path)") }
  }

  public func commit(_ operations: [StoreOperation]) throws(StoreError) {
    do {
      try pool.write { db in for operation in operations { try apply(operation, db) } }
    } catch { throw Self.storeError(error, "commit") }
  }

  func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    do { return try pool.read(body) } catch { throw Self.storeError(error, "read") }
  }

  private static func storeError(_ error: any Error, _ action: String) -> StoreError {
    guard let error = error as? DatabaseError else { return StoreError(.other, "cannot \(action): \(error)") }
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR:
      return StoreError(
        .diskFull, "cannot \(action): the master's disk is full or failing (\(error.message ?? "I/O error")).")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return StoreError(.corrupt, "cannot \(action): the job store is damaged (\(error.message ?? "corrupt")).")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return StoreError(.busy, "cannot \(action): another program holds the job store.")
    default: return StoreError(.other, "cannot \(action): \(error.message ?? error.description)")
    }
  }
}
