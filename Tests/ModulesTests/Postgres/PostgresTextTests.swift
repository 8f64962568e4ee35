import Functions
import Testing
import Value

@testable import Modules

@Suite struct PostgresTextTests {
  @Test(arguments: [
    ("a", "\"a\"", "'a'"), ("a\"b'c", "\"a\"\"b'c\"", "'a\"b''c'"), ("\\!x", "\"\\!x\"", "E'\\\\!x'"),
    ("", "\"\"", "''"),
  ])
  func quotes(_ text: String, _ name: String, _ literal: String) throws {
    #expect(try PostgresText.name(text) == name)
    #expect(try PostgresText.literal(text) == literal)
    #expect(throws: FunctionError.self) { try PostgresText.name(text + "\0") }
  }

  @Test(arguments: [
    ("", [[String]]()), ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a\n\"x\"\"y, \nz\"\n", [["a"], ["x\"y, \nz"]]),
    ("a,b\n,", [["a", "b"], ["", ""]]),
  ])
  func readsRows(_ text: String, _ rows: [[String]]) { #expect(PostgresText.rows(Array(text.utf8)) == rows) }

  /// The verifier of RFC 7677's example, as PostgreSQL stores it.
  @Test func knowsPasswords() throws {
    let stored =
      "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
      + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
    let scram = try PostgresPassword("scram-sha-256")
    #expect(try scram.verifies("pencil", role: "user", stored: stored))
    #expect(try !scram.verifies("pencils", role: "user", stored: stored))
    #expect(try scram.verifies("x", role: "user", stored: scram.verifier("x", role: "user")))
    let digest = try PostgresPassword(.null).verifier("secret", role: "role")
    #expect(digest == "md5c73f3ee71d73bd55c2c77c3185b0ed1d")
    #expect(try PostgresPassword(.null).verifier(digest, role: "role") == digest)
    #expect(try PostgresPassword(.bool(false)).verifier("x", role: "role") == "x")
  }

  @Test(arguments: [
    ("table", "t", "TABLE \"s\".\"t\""), ("table", "all", "ALL TABLES IN SCHEMA \"s\""),
    ("function", "f(integer, text[])", "FUNCTION \"s\".\"f\"(integer, text[])"),
    ("database", "a\"b", "DATABASE \"a\"\"b\""),
  ])
  func namesTargets(_ kind: String, _ name: String, _ target: String) throws {
    #expect(try PostgresPrivilege.of(kind).target(name, schema: "s") == target)
  }

  @Test func refusesTypesThatAreNone() throws {
    let function = try PostgresPrivilege.of("function")
    #expect(throws: FunctionError.self) { try function.target("f(a;drop table x)", schema: "s") }
    #expect(throws: FunctionError.self) { try PostgresPrivilege.of("view") }
  }
}
