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
    // In a table without row ids the key's tree holds whole rows, and each comparison on the way to another row reads one:
    // five results of 15 MB made ten thousand small ones beside them take 25 s instead of 0.2 s.
    migrator.registerMigration("2 large values out of the keys' trees") { db in
      try db.execute(
        sql: """
          DROP INDEX job_incomplete;
          ALTER TABLE job RENAME TO former_job;
          CREATE TABLE job (
            id TEXT PRIMARY KEY, created INTEGER NOT NULL, operator TEXT NOT NULL, request BLOB NOT NULL,
            ordered BLOB NOT NULL, minions BLOB NOT NULL, expires INTEGER NOT NULL, completed INTEGER,
            cancelled_by TEXT
          );
          INSERT INTO job SELECT * FROM former_job;
          DROP TABLE former_job;
          CREATE INDEX job_incomplete ON job (id) WHERE completed IS NULL;
          ALTER TABLE result RENAME TO former_result;
          CREATE TABLE result (
            job TEXT NOT NULL, minion TEXT NOT NULL, outcome TEXT NOT NULL, value BLOB, error TEXT,
            exit INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER NOT NULL, received INTEGER NOT NULL,
            assumed INTEGER NOT NULL, PRIMARY KEY (job, minion)
          );
          INSERT INTO result SELECT * FROM former_result;
          DROP TABLE former_result;
          ALTER TABLE grains RENAME TO former_grains;
          CREATE TABLE grains (
            minion TEXT PRIMARY KEY, digest TEXT NOT NULL, grains BLOB NOT NULL, received INTEGER NOT NULL
          );
          INSERT INTO grains SELECT * FROM former_grains;
          DROP TABLE former_grains;
          """)
    }
    return migrator
  }
}
