import Functions
import Value

extension PostgresServer {
  /// Who may do what with a thing: `{role: {PRIVILEGE: may be passed on}}`; for a group `{member: may pass it on}`.
  func privileges(on name: String, _ kind: PostgresPrivilege, schema: String) async throws -> ValueMap {
    if kind.isGroup {
      let query = """
        SELECT r.rolname AS role, m.admin_option AS option FROM pg_catalog.pg_auth_members m \
        JOIN pg_catalog.pg_roles r ON m.member = r.oid JOIN pg_catalog.pg_roles g ON m.roleid = g.oid \
        WHERE g.rolname = \(try PostgresText.literal(name)) ORDER BY 1
        """
      return try await rows(query).reduce(into: [:]) { $0[$1["role"] ?? ""] = .bool($1["option"] == "t") }
    }
    let query = """
      SELECT COALESCE(r.rolname, 'public') AS role, a.privilege_type AS privilege, a.is_grantable AS option \
      FROM (SELECT o.\(kind.access) AS acl FROM \(try kind.place(name, schema: schema))) x, aclexplode(x.acl) a \
      LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
      """
    var result: ValueMap = [:]
    for row in try await rows(query) {
      guard let role = row["role"], let privilege = row["privilege"] else { continue }
      var entry = result[role]?.mapValue ?? [:]
      entry[privilege] = .bool(row["option"] == "t")
      result[role] = .map(entry)
    }
    return result
  }

  /// Whether a role has privileges on a thing. Its owner has all of them.
  func has(
    _ role: String, _ privileges: [String], on name: String, _ kind: PostgresPrivilege, schema: String,
    canGrant: Bool = false
  ) async throws -> Bool {
    if !kind.isGroup {
      let query = """
        SELECT r.rolname AS name FROM pg_catalog.pg_roles r WHERE r.oid IN \
        (SELECT o.\(kind.owner) FROM \(try kind.place(name, schema: schema)))
        """
      if try await rows(query).first?["name"]?.description == role { return true }
    }
    guard let held = try await self.privileges(on: name, kind, schema: schema)[.string(role)] else { return false }
    if kind.isGroup { return !canGrant || held == true }
    // Older servers have no MAINTAIN.
    let wanted = privileges.contains("ALL") ? kind.allowed.filter { $0 != "MAINTAIN" } : privileges
    return wanted.allSatisfy { held[$0].map { !canGrant || $0 == true } ?? false }
  }

  func grant(
    _ role: String, _ privileges: [String], on name: String, _ kind: PostgresPrivilege, schema: String, canGrant: Bool
  ) async throws {
    let what =
      kind.isGroup
      ? try PostgresText.name(name)
      : "\(privileges.joined(separator: ",")) ON \(try kind.target(name, schema: schema))"
    let option = canGrant ? (kind.isGroup ? " WITH ADMIN OPTION" : " WITH GRANT OPTION") : ""
    try await execute("GRANT \(what) TO \(try PostgresText.name(role))\(option)")
  }

  func revoke(
    _ role: String, _ privileges: [String], on name: String, _ kind: PostgresPrivilege, schema: String
  ) async throws {
    let what =
      kind.isGroup
      ? try PostgresText.name(name)
      : "\(privileges.joined(separator: ",")) ON \(try kind.target(name, schema: schema))"
    try await execute("REVOKE \(what) FROM \(try PostgresText.name(role))")
  }
}
