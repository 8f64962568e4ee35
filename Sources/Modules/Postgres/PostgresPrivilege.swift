import Functions
import Value

/// Privileges on one kind of thing: which there are, and where PostgreSQL keeps them.
struct PostgresPrivilege: Sendable {
  let kind: String
  let allowed: [String]
  /// `FROM … WHERE …` up to the names; the owner and the list are in these columns.
  let source: String
  let access: String
  let owner: String

  private static let relation = "pg_catalog.pg_class o JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace"
  private static let kinds = [
    PostgresPrivilege(
      kind: "table",
      allowed: [
        "INSERT", "SELECT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN",
      ], source: "\(relation) WHERE o.relkind IN ('r', 'v', 'p', 'm', 'f')", access: "relacl", owner: "relowner"),
    PostgresPrivilege(
      kind: "sequence", allowed: ["SELECT", "UPDATE", "USAGE"], source: "\(relation) WHERE o.relkind = 'S'",
      access: "relacl", owner: "relowner"),
    PostgresPrivilege(
      kind: "function", allowed: ["EXECUTE"],
      source: "pg_catalog.pg_proc o JOIN pg_catalog.pg_namespace n ON n.oid = o.pronamespace WHERE true",
      access: "proacl", owner: "proowner"),
    PostgresPrivilege(
      kind: "schema", allowed: ["USAGE", "CREATE"], source: "pg_catalog.pg_namespace o WHERE o.nspname = ",
      access: "nspacl", owner: "nspowner"),
    PostgresPrivilege(
      kind: "tablespace", allowed: ["CREATE"], source: "pg_catalog.pg_tablespace o WHERE o.spcname = ",
      access: "spcacl", owner: "spcowner"),
    PostgresPrivilege(
      kind: "language", allowed: ["USAGE"], source: "pg_catalog.pg_language o WHERE o.lanname = ", access: "lanacl",
      owner: "lanowner"),
    PostgresPrivilege(
      kind: "database", allowed: ["CREATE", "TEMPORARY", "CONNECT"],
      source: "pg_catalog.pg_database o WHERE o.datname = ", access: "datacl", owner: "datdba"),
    PostgresPrivilege(kind: "group", allowed: [], source: "", access: "", owner: ""),
  ]

  /// - Throws: `FunctionError` in Salt's words for a kind that there is not.
  static func of(_ kind: String) throws(FunctionError) -> PostgresPrivilege {
    guard let found = kinds.first(where: { $0.kind == kind.lowercased() }) else {
      throw FunctionError(.badArguments, "Invalid object_type: \(kind) provided")
    }
    return found
  }

  var isGroup: Bool { kind == "group" }
  /// Things of a schema.
  var isInSchema: Bool { ["table", "sequence", "function"].contains(kind) }

  /// The privileges of a text or a list, in capitals.
  func privileges(_ value: Value) throws(FunctionError) -> [String] {
    let words = (value.listValue?.map(\.description) ?? (value.isNull ? [] : [value.description]))
      .flatMap { $0.split(separator: ",").map { $0.trimmed().uppercased() } }
    if isGroup {
      guard words.isEmpty else {
        throw FunctionError(.badArguments, "The privileges option should not be set for object_type group")
      }
      return []
    }
    guard !words.isEmpty, words.allSatisfy({ $0 == "ALL" || allowed.contains($0) }) else {
      throw FunctionError(
        .badArguments, "Invalid privilege(s): \(words.joined(separator: ",")) provided for object \(kind)",
        hint: "One or more of ALL, \(allowed.joined(separator: ", ")).")
    }
    return words
  }

  /// `FROM` and `WHERE` for one thing.
  func place(_ name: String, schema: String) throws(FunctionError) -> String {
    let literal = try PostgresText.literal(name)
    guard isInSchema else { return source + literal }
    let column = kind == "function" ? "o.oid::regprocedure::text" : "o.relname"
    return "\(source) AND n.nspname = \(try PostgresText.literal(schema)) AND \(column) = \(literal)"
  }

  /// What stands after `ON` in GRANT and REVOKE.
  func target(_ name: String, schema: String) throws(FunctionError) -> String {
    if isInSchema, name.uppercased() == "ALL" {
      return "ALL \(kind.uppercased())S IN SCHEMA \(try PostgresText.name(schema))"
    }
    let word = kind.uppercased()
    guard isInSchema else { return "\(word) \(try PostgresText.name(name))" }
    guard kind == "function", let bracket = name.firstIndex(of: "("), name.hasSuffix(")") else {
      return "\(word) \(try PostgresText.name(schema)).\(try PostgresText.name(name))"
    }
    let types = name[bracket...].dropFirst().dropLast().split(separator: ",")
    var quoted: [String] = []
    for type in types {
      let isType = type.utf8.allSatisfy { byte in
        byte == 32 || byte == 91 || byte == 93 || byte == 95 || byte == 46 || (48...57).contains(byte)
          || (65...90).contains(byte) || (97...122).contains(byte)
      }
      guard isType else { throw FunctionError(.badArguments, "'\(type.shown)' is no type's name.") }
      quoted.append(type.trimmed())
    }
    return
      "\(word) \(try PostgresText.name(schema)).\(try PostgresText.name(String(name[..<bracket])))(\(quoted.joined(separator: ", ")))"
  }
}

extension Substring {
  fileprivate var shown: String { String(self).shownOnOneLine }
}
