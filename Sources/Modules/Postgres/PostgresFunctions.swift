public import Functions
import Value

/// `postgres.*`: roles, databases and what is in them, through psql. Argument words and answers are Salt's.
public enum PostgresFunctions {
  public static let all: [Function] =
    [version, query] + databases + tablespaces + roles + extensions + schemas + languages + privileges + directories

  typealias Body = @Sendable (Arguments, PostgresServer) async throws -> Value

  /// Where the server is and as whom to speak to it.
  private static let connection: [Parameter] = [
    .optional("user", .string, "The role to connect as; else psql's own choice, the account's name."),
    .optional("host", .string, "The server's host, or the directory of its socket."),
    .optional("port", .string, "The server's port."),
    .optional("maintenance_db", .string, "The database to connect to: `postgres`."),
    .optional("password", .string, "The role's password. It goes into a file for psql, never on a command line."),
    .optional("runas", .string, "The account that psql runs as: `postgres` on this host."),
  ]
  /// The same in the words of functions about schemas.
  private static let roleConnection: [Parameter] = [
    .optional("user", .string, "The account that psql runs as: `postgres` on this host."),
    .optional("db_user", .string, "The role to connect as."),
    .optional("db_password", .string, "The role's password."), .optional("db_host", .string, "The server's host."),
    .optional("db_port", .string, "The server's port."),
  ]
  static let name = Parameter.required("name", .string, "The name.")

  static func function(
    _ name: String, _ summary: String, _ effect: FunctionEffect = .inspect, _ parameters: [Parameter] = [],
    _ body: @escaping Body
  ) -> Function {
    let own = Set(parameters.map(\.name))
    let rest = connection.filter { !own.contains($0.name) }
    return Function("postgres.\(name)", summary, effect: effect, parameters: parameters + rest) { arguments, context in
      if effect == .change, context.isTest { return true }
      return try await body(arguments, PostgresServer(arguments, context))
    }
  }

  /// A change that ends well or throws.
  private static func change(
    _ name: String, _ summary: String, _ parameters: [Parameter],
    _ body: @escaping @Sendable (Arguments, PostgresServer) async throws -> Void
  ) -> Function {
    function(name, summary, .change, parameters) { arguments, server in
      try await body(arguments, server)
      return true
    }
  }

  private static let version = function("version", "The server's version.") { _, server in
    let row = try await server.rows(
      "SELECT setting FROM pg_catalog.pg_settings WHERE name = 'server_version'")
    return row.first?["setting"] ?? .null
  }

  private static let query = function(
    "psql_query", "The rows of a query, each `{column: text}`.", .change,
    [
      .required("query", .string, "A query: what may stand in `COPY (…) TO`."),
      .optional("write", .bool, default: false, "The query changes something: INSERT … RETURNING and its like."),
    ]
  ) { arguments, server in
    .list(try await server.rows(arguments.string("query"), isWriting: arguments.bool("write")).map(Value.map))
  }

  private static let databases = [
    function("db_list", "All databases: `{name: {Owner, Encoding, …}}`.") { _, server in
      .map(try await server.databases())
    },
    function("db_exists", "Whether there is a database.", .inspect, [name]) { arguments, server in
      .bool(try await server.databases()[arguments["name"]] != nil)
    },
    change(
      "db_create", "Makes a database.",
      [
        name, .optional("tablespace", .string, "Where it lies."), .optional("encoding", .string, "Such as `UTF8`."),
        .optional("lc_collate", .string, "How texts are sorted."), .optional("lc_ctype", .string, "What letters are."),
        .optional("owner", .string, "The role that it belongs to."),
        .optional("template", .string, "The database it is a copy of."),
      ]
    ) { try await $1.createDatabase($0) },
    change(
      "db_alter", "Gives a database another owner or place.",
      [
        name, .optional("tablespace", .string, "Where it lies."),
        .optional("owner", .string, "The role it belongs to."),
        .optional("owner_recurse", .bool, default: false, "And all that is in it."),
      ]
    ) { try await $1.alterDatabase($0) },
    change("db_remove", "Ends a database's connections and removes it.", [name]) {
      try await $1.removeDatabase($0.string("name"))
    },
    change(
      "owner_to", "Gives a database and all that is in it to a role.",
      [.required("dbname", .string, "The database."), .required("ownername", .string, "The role.")]
    ) { try await $1.giveDatabase($0.string("dbname"), to: $0.string("ownername")) },
  ]

  private static let tablespaces = [
    function("tablespace_list", "All tablespaces: `{name: {Owner, Location, Opts, ACL}}`.") { _, server in
      .map(try await server.tablespaces())
    },
    function("tablespace_exists", "Whether there is a tablespace.", .inspect, [name]) { arguments, server in
      .bool(try await server.tablespaces()[arguments["name"]] != nil)
    },
    change(
      "tablespace_create", "Makes a tablespace.",
      [
        name, .required("location", .string, "An empty directory of the server's account."),
        .optional("options", .map, "`{random_page_cost: 1.1}`."),
        .optional("owner", .string, "The role it belongs to."),
      ]
    ) {
      try await $1.createTablespace(
        $0.string("name"), $0.string("location"), options: $0.map("options"), owner: $0.optionalString("owner"))
    },
    change(
      "tablespace_alter", "Changes a tablespace's name, owner or options.",
      [
        name, .optional("new_name", .string, "Its new name."), .optional("new_owner", .string, "Its new owner."),
        .optional("set_option", .map, "One option to set."), .optional("reset_option", .string, "One to forget."),
      ]
    ) { arguments, server in
      let name = arguments.string("name")
      for (word, start) in [("new_owner", "OWNER TO"), ("new_name", "RENAME TO")] where arguments.isGiven(word) {
        try await server.alterTablespace(name, "\(start) \(try PostgresText.name(arguments.string(word)))")
      }
      if arguments.isGiven("set_option") {
        try await server.alterTablespace(name, "SET (\(try PostgresServer.options(arguments.map("set_option"))))")
      }
      if arguments.isGiven("reset_option") {
        try await server.alterTablespace(
          name, "RESET (\(try PostgresText.word(arguments.string("reset_option"), "option")))")
      }
    },
    change("tablespace_remove", "Removes an empty tablespace.", [name]) {
      try await $1.execute("DROP TABLESPACE \(try PostgresText.name($0.string("name")))")
    },
  ]

  private static let schemas: [Function] = {
    let base: [Parameter] = [.required("dbname", .string, "The database.")]
    func schema(
      _ name: String, _ summary: String, _ effect: FunctionEffect, _ parameters: [Parameter], _ body: @escaping Body
    ) -> Function {
      Function("postgres.\(name)", summary, effect: effect, parameters: base + parameters + roleConnection) {
        arguments, context in
        if effect == .change, context.isTest { return true }
        return try await body(arguments, PostgresServer(arguments, context, database: arguments.string("dbname")))
      }
    }
    return [
      schema("schema_list", "All schemas of a database: `{name: {owner, acl}}`.", .inspect, []) { _, server in
        .map(try await server.schemas())
      },
      schema("schema_get", "A schema's owner and rights; null when there is none.", .inspect, [name]) {
        arguments, server in try await server.schemas()[arguments["name"]] ?? .null
      },
      schema("schema_exists", "Whether a database has a schema.", .inspect, [name]) { arguments, server in
        .bool(try await server.schemas()[arguments["name"]] != nil)
      },
      schema(
        "schema_create", "Makes a schema.", .change, [name, .optional("owner", .string, "The role it belongs to.")]
      ) { arguments, server in
        try await server.createSchema(arguments)
        return true
      },
      schema("schema_remove", "Removes an empty schema.", .change, [name]) { arguments, server in
        try await server.execute("DROP SCHEMA \(try PostgresText.name(arguments.string("name")))")
        return true
      },
    ]
  }()

  private static let languages: [Function] = {
    let database = Parameter.required("maintenance_db", .string, "The database.")
    return [
      function("language_list", "All languages of a database.", .inspect, [database]) { _, server in
        .map(try await server.languages())
      },
      function("language_exists", "Whether a database has a language.", .inspect, [name, database]) {
        .bool(try await $1.languages()[$0["name"]] != nil)
      },
      change("language_create", "Puts a language into a database.", [name, database]) {
        try await $1.execute("CREATE LANGUAGE \(try PostgresText.name($0.string("name")))")
      },
      change("language_remove", "Takes a language out of a database.", [name, database]) {
        try await $1.execute("DROP LANGUAGE \(try PostgresText.name($0.string("name")))")
      },
    ]
  }()

  private static let extensions = [
    function("available_extensions", "All extensions that could be made.") { _, server in
      .map(try await server.availableExtensions())
    },
    function("installed_extensions", "All extensions of the database.") { _, server in
      .map(try await server.installedExtensions())
    },
    function("get_available_extension", "One that could be made; null when there is none.", .inspect, [name]) {
      try await $1.availableExtensions()[$0["name"]] ?? .null
    },
    function("get_installed_extension", "One of the database; null when there is none.", .inspect, [name]) {
      try await $1.installedExtensions()[$0["name"]] ?? .null
    },
    function("is_available_extension", "Whether an extension could be made.", .inspect, [name]) {
      .bool(try await $1.availableExtensions()[$0["name"]] != nil)
    },
    function("is_installed_extension", "Whether the database has an extension.", .inspect, [name]) {
      .bool(try await $1.installedExtensions()[$0["name"]] != nil)
    },
    function(
      "create_metadata", "What an extension lacks, in words.", .inspect,
      [
        name, .optional("ext_version", .string, "The version it is to have."),
        .optional("schema", .string, "The schema it is to be in."),
      ]
    ) {
      .strings(
        try await $1.state(
          ofExtension: $0.string("name"), schema: $0.optionalString("schema"),
          version: $0.optionalString("ext_version")
        ).map(\.rawValue))
    },
    function("create_extension", "Makes an extension, or moves and upgrades it.", .change, [name] + extensionWords) {
      .bool(try await $1.createExtension($0.string("name"), $0))
    },
    change("drop_extension", "Takes an extension out of the database.", [name] + dropWords) {
      try await $1.dropExtension($0.string("name"), $0)
    },
  ]

  static let extensionWords: [Parameter] = [
    .optional("if_not_exists", .bool, "Says `IF NOT EXISTS`: true."),
    .optional("schema", .string, "The schema it is to be in."),
    .optional("ext_version", .string, "The version it is to have."),
    .optional("from_version", .string, "The version that was there before there were extensions."),
  ]
  static let dropWords: [Parameter] = [
    .optional("if_exists", .bool, "Says `IF EXISTS`: false."),
    .optional("restrict", .bool, "Not while something depends on it: false."),
    .optional("cascade", .bool, "With what depends on it: true."),
  ]
}
