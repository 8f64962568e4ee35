import GRDB

/// The tables, step by step: a step that was released is never changed, only followed.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 jobs, results, minions, operators, invitations") { db in
      try db.execute(
        sql: """
          CREATE TABLE job (
            id TEXT PRIMARY KEY, created INTEGER NOT NULL, operator TEXT NOT NULL, request BLOB NOT NULL,
            ordered BLOB NOT NULL, minions BLOB NOT NULL, expires INTEGER NOT NULL, completed INTEGER,
            cancelled_by TEXT
          ) WITHOUT ROWID;
          CREATE INDEX job_incomplete ON job (id) WHERE completed IS NULL;
          CREATE TABLE result (
            job TEXT NOT NULL, minion TEXT NOT NULL, outcome TEXT NOT NULL, value BLOB, error TEXT,
            exit INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER NOT NULL, received INTEGER NOT NULL,
            assumed INTEGER NOT NULL, PRIMARY KEY (job, minion)
          ) WITHOUT ROWID;
          CREATE TABLE minion (
            key TEXT PRIMARY KEY, id TEXT NOT NULL, status TEXT NOT NULL, first_seen INTEGER NOT NULL,
            last_seen INTEGER NOT NULL, address TEXT NOT NULL, version TEXT NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE grains (
            minion TEXT PRIMARY KEY, digest TEXT NOT NULL, grains BLOB NOT NULL, received INTEGER NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE operator (
            name TEXT PRIMARY KEY, role TEXT NOT NULL, key TEXT NOT NULL UNIQUE, sealing_key BLOB NOT NULL,
            added INTEGER NOT NULL
          ) WITHOUT ROWID;
          CREATE TABLE invitation (
            digest BLOB PRIMARY KEY, id_glob TEXT NOT NULL, uses_left INTEGER NOT NULL, expires INTEGER NOT NULL,
            operator TEXT NOT NULL
          ) WITHOUT ROWID;
          """)
    }
    return migrator
  }
}
