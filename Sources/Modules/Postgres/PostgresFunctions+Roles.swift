import Functions
import Value

extension PostgresFunctions {
  /// What a role may do.
  static let roleWords: [Parameter] = [
    .optional("createdb", .bool, "May make databases."), .optional("createroles", .bool, "May make roles."),
    .optional("inherit", .bool, "Has the rights of the roles it is a member of."),
    .optional("login", .bool, "May log in."),
    .optional("encrypted", .any, "How the password is kept: `md5` (true), `scram-sha-256`, or as it is (false)."),
    .optional("superuser", .bool, "May do everything."), .optional("replication", .bool, "May start replication."),
    .optional("groups", .any, "Roles it is a member of: a list, or names with commas."),
  ]

  static let roles: [Function] = {
    let withPassword = Parameter.optional("return_password", .bool, default: false, "With the stored passwords.")
    let user = Parameter.required("username", .string, "The role.")
    let group = Parameter.required("groupname", .string, "The role.")
    let password = Parameter.optional("rolepassword", .string, "The role's own password.")
    let userWords =
      [
        .optional("connlimit", .int, "How many connections it may have."), password,
        .optional("valid_until", .string, "When the password ends."),
      ] + roleWords

    func write(_ function: String, _ summary: String, _ parameters: [Parameter], makes: Bool) -> Function {
      let word = parameters[0].name
      return Self.function(function, summary, .change, parameters) { arguments, server in
        let name = arguments.string(word)
        let present = try await server.role(name)
        guard (present == nil) == makes else { return false }
        var role = try PostgresRole(name, arguments, password: arguments.optionalString("rolepassword"))
        if makes { role.setDefaults(canLogin: word == "username") }
        try await server.apply(role, present: present)
        return true
      }
    }
    func remove(_ function: String, _ summary: String, _ parameter: Parameter) -> Function {
      Self.function(function, summary, .change, [parameter]) { arguments, server in
        let name = arguments.string(parameter.name)
        guard try await server.role(name) != nil else { return false }
        try await server.removeRole(name)
        return true
      }
    }
    return [
      function("user_list", "All roles: `{name: {superuser, can login, groups, …}}`.", .inspect, [withPassword]) {
        .map(try await $1.roles(withPasswords: $0.bool("return_password")))
      },
      function("role_get", "One role; null when there is none.", .inspect, [name, withPassword]) {
        try await $1.role($0.string("name"), withPassword: $0.bool("return_password")).map(Value.map) ?? .null
      },
      function("user_exists", "Whether there is a role.", .inspect, [name]) {
        .bool(try await $1.role($0.string("name")) != nil)
      },
      write("user_create", "Makes a role that may log in; false when it is there.", [user] + userWords, makes: true),
      write("user_update", "Changes a role; false when there is none.", [user] + userWords, makes: false),
      remove("user_remove", "Removes a role; false when there is none.", user),
      write(
        "group_create", "Makes a role that may not log in; false when it is there.", [group, password] + roleWords,
        makes: true),
      write("group_update", "Changes a role; false when there is none.", [group, password] + roleWords, makes: false),
      remove("group_remove", "Removes a role; false when there is none.", group),
    ]
  }()

  static let privilegeWords: [Parameter] = [
    .required("object_name", .string, "What the privileges are on; for a group its name; `ALL` of a schema's."),
    .required(
      "object_type", .string, "table, sequence, function, schema, tablespace, language, database or group."),
    .optional("privileges", .any, "`SELECT,INSERT` or a list, or ALL; not for a group."),
    .optional("grant_option", .bool, "The role may pass them on."),
    .optional("prepend", .string, default: "public", "The schema of a table, sequence or function."),
  ]

  static let privileges: [Function] = [
    function(
      "privileges_list", "Who may do what: `{role: {PRIVILEGE: may pass it on}}`.", .inspect,
      [name, .required("object_type", .string, "The kind of thing."), privilegeWords[4]]
    ) {
      .map(
        try await $1.privileges(
          on: $0.string("name"), PostgresPrivilege.of($0.string("object_type")), schema: $0.string("prepend")))
    },
    privilege("has_privileges", "Whether a role has privileges.", .inspect) { .bool($2) },
    privilege("privileges_grant", "Gives a role privileges; false when it has them.", .change) {
      grant, server, isThere in
      if !isThere { try await grant.give(server) }
      return .bool(!isThere)
    },
    privilege("privileges_revoke", "Takes privileges of a role; false when it has none of them.", .change) {
      grant, server, isThere in
      if isThere { try await grant.take(server) }
      return .bool(isThere)
    },
  ]

  private static func privilege(
    _ name: String, _ summary: String, _ effect: FunctionEffect,
    _ body: @escaping @Sendable (PostgresGrant, PostgresServer, _ isThere: Bool) async throws -> Value
  ) -> Function {
    function(name, summary, effect, [Self.name] + privilegeWords) { arguments, server in
      let grant = try PostgresGrant(arguments)
      return try await body(grant, server, grant.isThere(server))
    }
  }

  static let directories: [Function] = [
    Function(
      "postgres.datadir_exists", "Whether a directory holds a server's data.", effect: .read, parameters: [name]
    ) { arguments, context in .bool(PostgresDirectory.isThere(arguments.string("name"), context)) },
    Function(
      "postgres.datadir_init", "Makes a server's data directory with initdb; false when it is there.", effect: .change,
      parameters: [name] + PostgresDirectory.words
    ) { arguments, context in
      guard !PostgresDirectory.isThere(arguments.string("name"), context) else { return false }
      if !context.isTest { try await PostgresDirectory.make(arguments, context) }
      return true
    },
  ]
}
