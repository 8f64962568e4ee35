import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments and changes are those that Salt 3008 gave beside PostgreSQL 15.
@Suite struct PostgresStatesTests {
  private static let roles: (part: String, rows: String) = (
    "pg_catalog.pg_roles r LEFT JOIN",
    """
    name,superuser,inherits privileges,can create roles,can create databases,can update system catalogs,can login,\
    replication,connections,expiry time,defaults variables,password
    alice,f,t,f,t,,t,f,,,,md50
    bob,f,t,f,f,,t,f,,2030-01-01 12:00:00,,

    """
  )
  private static let members: (part: String, rows: String) = ("pg_auth_members a", "member,group\nalice,staff\n")

  private func call(
    _ state: String, _ words: ValueMap, _ server: PostgresTestServer, isTest: Bool = false
  ) async throws -> StateResult {
    try await StateTestHost().call(PostgresStates.all, "postgres_\(state)", words, isTest: isTest, server.runner)
  }

  @Test func makesAUser() async throws {
    let server = PostgresTestServer([Self.roles, Self.members])
    let words: ValueMap = ["name": "carol", "password": "it's", "createdb": true, "groups": "staff,ops"]
    #expect(
      try await call("user.present", words, server, isTest: true)
        == StateResult(nil, "User carol is set to be created"))
    #expect(server.statements.isEmpty)
    #expect(
      try await call("user.present", words, server)
        == StateResult(true, "The user carol has been created", changes: ["carol": "Present"]))
    let told = server.statements.joined()
    #expect(
      told.hasPrefix(
        "BEGIN;\nCREATE ROLE \"carol\" WITH INHERIT CREATEDB LOGIN ENCRYPTED PASSWORD 'md5de71084698544d05a14d799529d2b257'"
      ))
    #expect(told.hasSuffix("GRANT \"staff\" TO \"carol\";\nGRANT \"ops\" TO \"carol\";\nCOMMIT;\n"))
    #expect(!told.contains("it's"))
    // Nothing of a statement is on a command line or in the environment.
    for command in server.commands {
      #expect(command.arguments.first == "psql" && command.user?.uid == 117)
      #expect(!command.arguments.contains { $0.contains("ROLE") || $0.contains("it's") })
      #expect(!command.environment.values.contains { $0.contains("it's") })
    }
  }

  private static let updates: [(ValueMap, StateResult)] = [
    (["password": "hunter2"], StateResult(true, "User alice is already present")),
    (["createdb": true, "groups": ["staff"]], StateResult(true, "User alice is already present")),
    (
      ["password": "other", "superuser": true],
      StateResult(true, "The user alice has been updated", changes: ["alice": ["superuser": true, "password": true]])
    ),
    (
      ["login": false, "groups": ["staff", "ops"]],
      StateResult(true, "The user alice has been updated", changes: ["alice": ["login": false, "groups": ["ops"]]])
    ),
    (["encrypted": "rot13", "password": "x"], StateResult(false, "Unknown password algorithm: rot13")),
  ]

  @Test(arguments: updates)
  func changesAUser(_ words: ValueMap, _ expected: StateResult) async throws {
    var words = words
    words["name"] = "alice"
    // md5 of `hunter2alice`.
    let stored = "md5f1d6e2da5767fddc60c941cf0fa924cf"
    let rows = Self.roles.rows.splitLines().map { line in
      line.hasPrefix("alice") ? line.replacing("md50", with: stored) : line
    }.joined(separator: "\n")
    let server = PostgresTestServer([(Self.roles.part, rows + "\n"), Self.members])
    #expect(try await call("user.present", words, server) == expected)
    if expected.changes.isEmpty { #expect(server.statements.isEmpty) }
  }

  @Test func removesWhatIsThere() async throws {
    let roles = (part: "FROM pg_catalog.pg_roles r", rows: Self.roles.rows)
    let server = PostgresTestServer([Self.members, roles])
    #expect(
      try await call("user.absent", ["name": "bob"], server)
        == StateResult(true, "User bob has been removed", changes: ["bob": "Absent"]))
    #expect(server.statements == ["DROP ROLE \"bob\";\n"])
    #expect(
      try await call("group.absent", ["name": "nobody"], server)
        == StateResult(true, "Group nobody is not present, so it cannot be removed"))
  }

  private static let databases: (part: String, rows: String) = (
    "pg_database d", "Name,Owner,Encoding,Collate,Ctype,Access privileges,Tablespace\nshop,alice,UTF8,C,C,,pg_default\n"
  )

  private static let wishes: [(ValueMap, Bool, String, String?)] = [
    (
      ["name": "shop", "owner": "alice", "encoding": "utf8"], true, "Database shop is already present",
      nil
    ),
    (
      ["name": "shop", "lc_collate": "de_DE"], false,
      "Database shop has wrong parameters which couldn't be changed on fly.", nil
    ),
    (
      ["name": "shop", "owner": "bob"], true, "Parameters for database shop have been changed",
      "ALTER DATABASE \"shop\" OWNER TO \"bob\";\n"
    ),
    (
      ["name": "a\"b", "owner": "bob", "encoding": "UTF'8"], true, "The database a\"b has been created",
      "CREATE DATABASE \"a\"\"b\" OWNER = \"bob\" ENCODING = 'UTF''8';\n"
    ),
  ]

  @Test(arguments: wishes)
  func keepsADatabase(_ words: ValueMap, _ result: Bool, _ comment: String, _ statement: String?) async throws {
    let server = PostgresTestServer([Self.databases])
    let answer = try await call("database.present", words, server)
    #expect(answer.result == result)
    #expect(answer.comment == comment)
    #expect(server.statements == (statement.map { [$0] } ?? []))
  }

  @Test func grantsOnce() async throws {
    let words: ValueMap = [
      "name": "bob", "object_name": "t", "object_type": "table", "privileges": ["select", "INSERT"],
    ]
    let empty = PostgresTestServer()
    #expect(
      try await call("privileges.present", words, empty)
        == StateResult(true, "The privilege(s): SELECT,INSERT have been granted to bob", changes: ["bob": "Present"]))
    #expect(empty.statements == ["GRANT SELECT,INSERT ON TABLE \"public\".\"t\" TO \"bob\";\n"])
    let full = PostgresTestServer([
      ("aclexplode", "role,privilege,option\nbob,SELECT,f\nbob,INSERT,f\npublic,SELECT,f\n"),
      ("o.relowner", "name\nalice\n"),
    ])
    #expect(
      try await call("privileges.present", words, full)
        == StateResult(true, "The requested privilege(s) are already set"))
    var wrong = words
    wrong["privileges"] = ["FLY"]
    #expect(
      try await call("privileges.present", wrong, full).comment.hasPrefix(
        "Invalid privilege(s): FLY provided for object table"))
    #expect(full.statements.isEmpty)
  }

  /// A server that does not answer is a failure, but for test mode: it may be what this very run installs.
  @Test func saysWhenTheServerDoesNotAnswer() async throws {
    let server = PostgresTestServer(
      error: "psql: error: connection refused\nLINE 1: CREATE ROLE x PASSWORD 'md5abc'\n")
    #expect(
      try await call("database.present", ["name": "shop"], server, isTest: true)
        == StateResult(nil, "Database shop is set to be created"))
    let result = try await call("database.present", ["name": "shop"], server)
    #expect(result == StateResult(false, "psql: error: connection refused"))
  }

  @Test func movesAnExtension() async throws {
    let server = PostgresTestServer([
      ("pg_extension a", "extname,extversion,extrelocatable,schema_name\nuuid-ossp,1.1,t,app\n")
    ])
    let words: ValueMap = ["name": "uuid-ossp", "schema": "public", "ext_version": "1.10", "maintenance_db": "shop"]
    #expect(
      try await call("extension.present", words, server, isTest: true)
        == StateResult(nil, "Extension uuid-ossp is set to be upgraded"))
    _ = try await call("extension.present", words, server)
    #expect(
      server.statements.first
        == "BEGIN;\nALTER EXTENSION \"uuid-ossp\" SET SCHEMA \"public\";\n"
        + "ALTER EXTENSION \"uuid-ossp\" UPDATE TO \"1.10\";\nCOMMIT;\n")
    #expect(server.commands.allSatisfy { $0.arguments.suffix(2) == ["--dbname", "shop"] })
  }
}
