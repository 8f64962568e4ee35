import Functions
import Value

extension PostgresServer {
  func databases() async throws -> ValueMap {
    try await named(
      """
      SELECT d.datname AS "Name", r.rolname AS "Owner", pg_encoding_to_char(d.encoding) AS "Encoding", \
      d.datcollate AS "Collate", d.datctype AS "Ctype", d.datacl AS "Access privileges", t.spcname AS "Tablespace" \
      FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba JOIN pg_tablespace t ON t.oid = d.dattablespace
      """, by: "Name")
  }

  func createDatabase(_ arguments: Arguments) async throws {
    var words = "CREATE DATABASE \(try PostgresText.name(arguments.string("name")))"
    for (option, word) in [("tablespace", "TABLESPACE"), ("owner", "OWNER"), ("template", "TEMPLATE")]
    where arguments.isGiven(option) { words += " \(word) = \(try PostgresText.name(arguments.string(option)))" }
    for (option, word) in [("encoding", "ENCODING"), ("lc_collate", "LC_COLLATE"), ("lc_ctype", "LC_CTYPE")]
    where arguments.isGiven(option) { words += " \(word) = \(try PostgresText.literal(arguments.string(option)))" }
    try await execute(words)
  }

  func alterDatabase(_ arguments: Arguments) async throws {
    let database = try PostgresText.name(arguments.string("name"))
    if arguments.isGiven("owner"), arguments.bool("owner_recurse") {
      return try await giveDatabase(arguments.string("name"), to: arguments.string("owner"))
    }
    for (option, words) in [("owner", "OWNER TO"), ("tablespace", "SET TABLESPACE")] where arguments.isGiven(option) {
      try await execute("ALTER DATABASE \(database) \(words) \(try PostgresText.name(arguments.string(option)))")
    }
  }

  /// A database and all that is in it gets another owner.
  func giveDatabase(_ database: String, to owner: String) async throws {
    let owner = try PostgresText.name(owner)
    let user = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
    let queries = [
      ("SCHEMA", "SELECT quote_ident(n.nspname) AS n FROM pg_namespace n WHERE \(user)"),
      (
        "TABLE",
        """
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS n FROM pg_class c \
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND \(user)
        """
      ),
      (
        "SEQUENCE",
        """
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS n FROM pg_class c \
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND \(user) AND NOT EXISTS \
        (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)
        """
      ),
      (
        "ROUTINE",
        """
        SELECT p.oid::regprocedure::text AS n FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
        WHERE \(user) AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        """
      ),
    ]
    let inside = within(database)
    var statements = ["ALTER DATABASE \(try PostgresText.name(database)) OWNER TO \(owner)"]
    for (kind, query) in queries {
      for row in try await inside.rows(query) {
        statements.append("ALTER \(kind) \(row["n"]?.description ?? "") OWNER TO \(owner)")
      }
    }
    try await inside.execute(statements)
  }

  func removeDatabase(_ name: String) async throws {
    let database = try PostgresText.name(name)
    try await execute("REVOKE CONNECT ON DATABASE \(database) FROM public")
    _ = try await rows(
      """
      SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity \
      WHERE datname = \(try PostgresText.literal(name)) AND pid <> pg_backend_pid()
      """)
    try await execute("DROP DATABASE \(database)")
  }

  func tablespaces() async throws -> ValueMap {
    try await named(
      """
      SELECT t.spcname AS "Name", r.rolname AS "Owner", t.spcacl AS "ACL", t.spcoptions AS "Opts", \
      pg_tablespace_location(t.oid) AS "Location" FROM pg_tablespace t JOIN pg_roles r ON r.oid = t.spcowner
      """, by: "Name")
  }

  func createTablespace(_ name: String, _ location: String, options: ValueMap, owner: String?) async throws {
    var words = "CREATE TABLESPACE \(try PostgresText.name(name))"
    if let owner { words += " OWNER \(try PostgresText.name(owner))" }
    words += " LOCATION \(try PostgresText.literal(location))"
    if !options.isEmpty { words += " WITH (\(try Self.options(options)))" }
    try await execute(words)
  }

  func alterTablespace(_ name: String, _ change: String) async throws {
    try await execute("ALTER TABLESPACE \(try PostgresText.name(name)) \(change)")
  }

  static func options(_ options: ValueMap) throws -> String {
    try options.map { key, value in
      try PostgresText.word(key.description, "option") + " = " + PostgresText.word(value.description, "value")
    }.joined(separator: ", ")
  }

  func schemas() async throws -> ValueMap {
    try await named(
      """
      SELECT n.nspname AS "name", r.rolname AS "owner", n.nspacl AS "acl" FROM pg_namespace n \
      LEFT JOIN pg_roles r ON r.oid = n.nspowner
      """, by: "name")
  }

  func createSchema(_ arguments: Arguments) async throws {
    var words = "CREATE SCHEMA \(try PostgresText.name(arguments.string("name")))"
    if let owner = arguments.optionalString("owner") { words += " AUTHORIZATION \(try PostgresText.name(owner))" }
    try await execute(words)
  }

  func languages() async throws -> ValueMap {
    try await rows("SELECT lanname AS \"Name\" FROM pg_language").reduce(into: [:]) {
      $0[$1["Name"] ?? ""] = $1["Name"]
    }
  }

  /// Rows as a map, by one of the columns.
  func named(_ query: String, by column: String) async throws -> ValueMap {
    try await rows(query).reduce(into: [:]) { result, row in
      var rest = row
      guard let name = rest.removeValue(forKey: .string(column)) else { return }
      result[name] = .map(rest)
    }
  }
}
