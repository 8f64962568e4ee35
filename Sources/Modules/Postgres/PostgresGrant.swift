import Functions
import Value

/// Privileges of one role on one thing, as the arguments of a function or state say.
struct PostgresGrant: Sendable {
  let role: String
  let name: String
  let kind: PostgresPrivilege
  let privileges: [String]
  let schema: String
  let canGrant: Bool

  init(_ arguments: Arguments) throws {
    role = arguments.string("name")
    name = arguments.string("object_name")
    kind = try PostgresPrivilege.of(arguments.string("object_type"))
    privileges = try kind.privileges(arguments["privileges"])
    schema = arguments.string("prepend")
    canGrant = arguments.has("grant_option") && arguments.bool("grant_option")
  }

  /// For a comment: the privileges, or the group.
  var shown: String { kind.isGroup ? name : privileges.joined(separator: ",") }

  func isThere(_ server: PostgresServer) async throws -> Bool {
    try await server.has(role, privileges, on: name, kind, schema: schema, canGrant: canGrant)
  }

  func give(_ server: PostgresServer) async throws {
    try await server.grant(role, privileges, on: name, kind, schema: schema, canGrant: canGrant)
  }

  func take(_ server: PostgresServer) async throws {
    try await server.revoke(role, privileges, on: name, kind, schema: schema)
  }
}
