import Functions
import Value

extension PostgresServer {
  /// All roles: `{name: {superuser, …, groups}}`, with their stored passwords where they are wanted.
  func roles(withPasswords: Bool = false) async throws -> ValueMap {
    let query = """
      SELECT r.rolname AS "name", r.rolsuper AS "superuser", r.rolinherit AS "inherits privileges", \
      r.rolcreaterole AS "can create roles", r.rolcreatedb AS "can create databases", \
      NULL AS "can update system catalogs", r.rolcanlogin AS "can login", r.rolreplication AS "replication", \
      NULL AS "connections", r.rolvaliduntil::timestamp(0) AS "expiry time", r.rolconfig AS "defaults variables"\
      \(withPasswords ? ", a.rolpassword AS \"password\"" : "") \
      FROM pg_catalog.pg_roles r\(withPasswords ? " LEFT JOIN pg_catalog.pg_authid a ON a.oid = r.oid" : "")
      """
    let members = """
      SELECT m.rolname AS "member", g.rolname AS "group" FROM pg_catalog.pg_auth_members a \
      JOIN pg_catalog.pg_roles g ON a.roleid = g.oid JOIN pg_catalog.pg_roles m ON a.member = m.oid
      """
    var roles: ValueMap = [:]
    for row in try await rows(query) {
      var role: ValueMap = [:]
      for (column, text) in row where column != "name" {
        switch (column.description, text.description) {
        case ("expiry time", let time): role[column] = Self.time(time).map(Value.string) ?? .null
        case ("password", _), ("defaults variables", _): role[column] = text
        case (_, "t"): role[column] = true
        case (_, "f"): role[column] = false
        default: role[column] = .null
        }
      }
      role["groups"] = []
      roles[row["name"] ?? ""] = .map(role)
    }
    for row in try await rows(members) {
      guard let member = row["member"], let group = row["group"], var role = roles[member]?.mapValue else { continue }
      role["groups"] = .list((role["groups"]?.listValue ?? []) + [group])
      roles[member] = .map(role)
    }
    return roles
  }

  func role(_ name: String, withPassword: Bool = false) async throws -> ValueMap? {
    try await roles(withPasswords: withPassword)[.string(name)]?.mapValue
  }

  /// Makes a role or changes the one that is there.
  func apply(_ role: PostgresRole, present: ValueMap?) async throws {
    let statements = try role.statements(present: present)
    if !statements.isEmpty { try await execute(statements) }
  }

  func removeRole(_ name: String) async throws { try await execute("DROP ROLE \(try PostgresText.name(name))") }

  /// A time as the server reads it, to the second; nil for `infinity` and none.
  func time(_ text: String) async throws -> String? {
    Self.time(
      try await rows("SELECT \(try PostgresText.literal(text))::timestamp(0) AS dt").first?["dt"]?.description ?? "")
  }

  /// `2030-01-31 12:00:00`, and nothing else.
  private static func time(_ text: String) -> String? {
    text.utf8.count == 19 && text.utf8.first.map { (48...57).contains($0) } == true ? text : nil
  }
}
