import Functions
import Value

extension PostgresStates {
  static let databases: [StateFunction] = [
    state(
      "database", "present", "Has a database.",
      [
        name, .optional("tablespace", .string, "Where it lies."), .optional("encoding", .string, "Such as `UTF8`."),
        .optional("lc_collate", .string, "How texts are sorted."), .optional("lc_ctype", .string, "What letters are."),
        .optional("owner", .string, "The role that it belongs to."),
        .optional("owner_recurse", .bool, default: false, "And all that is in it, when the owner changes."),
        .optional("template", .string, "The database it is a copy of."),
      ]
    ) { arguments, server, isTest in
      let name = arguments.string("name")
      let database = try await lookUp(isTest, nil) { try await server.databases()[arguments["name"]] }
      func differs(_ word: String, _ key: String, anyCase: Bool = false) -> Bool {
        guard let wanted = arguments.optionalString(word), !wanted.isEmpty, let database else { return false }
        let present = database[key]?.description ?? ""
        return anyCase ? present.lowercased() != wanted.lowercased() : present != wanted
      }
      if differs("encoding", "Encoding", anyCase: true) || differs("lc_collate", "Collate")
        || differs("lc_ctype", "Ctype")
      {
        return StateResult(false, "Database \(name) has wrong parameters which couldn't be changed on fly.")
      }
      guard database != nil else {
        if isTest { return StateResult(nil, "Database \(name) is set to be created") }
        do { try await server.createDatabase(arguments) } catch {
          return StateResult(false, "Failed to create database \(name)\n\(reason(error))")
        }
        return StateResult(true, "The database \(name) has been created", changes: [.string(name): "Present"])
      }
      guard differs("tablespace", "Tablespace") || differs("owner", "Owner") else {
        return StateResult(true, "Database \(name) is already present")
      }
      if isTest { return StateResult(nil, "Database \(name) exists, but parameters need to be changed") }
      do { try await server.alterDatabase(arguments) } catch {
        return StateResult(false, "Failed to change parameters for database \(name)\n\(reason(error))")
      }
      return StateResult(
        true, "Parameters for database \(name) have been changed", changes: [.string(name): "Parameters changed"])
    },
    absent(
      "database", "Database", { try await $1.databases()[$0["name"]] != nil },
      { try await $1.removeDatabase($0.string("name")) }),
  ]

  static let tablespaces: [StateFunction] = [
    state(
      "tablespace", "present", "Has a tablespace.",
      [
        name, .required("directory", .string, "Where it lies: an empty directory of the server's account."),
        .optional("options", .map, "`{random_page_cost: 1.1}`."),
        .optional("owner", .string, "The role it belongs to."),
      ]
    ) { arguments, server, isTest in
      let (name, directory) = (arguments.string("name"), arguments.string("directory"))
      let (options, owner) = (arguments.map("options"), arguments.optionalString("owner"))
      let present = try await lookUp(isTest, nil) { try await server.tablespaces()[arguments["name"]] }
      guard let present else {
        if isTest { return StateResult(nil, "Tablespace \(name) is set to be created") }
        do { try await server.createTablespace(name, directory, options: options, owner: owner) } catch {
          return StateResult(false, "Failed to create tablespace \(name)\n\(reason(error))")
        }
        return StateResult(true, "The tablespace \(name) has been created", changes: [.string(name): "Present"])
      }
      guard present["Location"]?.description == directory else {
        return StateResult(
          false,
          "Tablespace \(name) is not at the right location. This is unfixable without dropping and recreating the "
            + "tablespace.")
      }
      var result = StateResult(true, "Tablespace \(name) is already present")
      if let owner, present["Owner"]?.description != owner {
        if isTest { return StateResult(nil, "Tablespace \(name) owner to be altered") }
        try await server.alterTablespace(name, "OWNER TO \(try PostgresText.name(owner))")
        result.comment = "Tablespace \(name) owner changed"
        result.changes[.string(name)] = ["owner": .string(owner)]
      }
      let set = (present["Opts"]?.description ?? "").split { "{},".contains($0) }
      for (key, value) in options where !set.contains(where: { $0 == "\(key)=\(value)" }) {
        if isTest { return StateResult(nil, "Tablespace \(name) options to be altered") }
        try await server.alterTablespace(name, "SET (\(try PostgresServer.options([key: value])))")
        result.comment = "Tablespace \(name) opts changed"
        var changes = result.changes[.string(name)]?.mapValue ?? [:]
        var changed = changes["options"]?.mapValue ?? [:]
        changed[key] = value
        changes["options"] = .map(changed)
        result.changes[.string(name)] = .map(changes)
      }
      return result
    },
    absent(
      "tablespace", "Tablespace", { try await $1.tablespaces()[$0["name"]] != nil },
      { try await $1.execute("DROP TABLESPACE \(try PostgresText.name($0.string("name")))") }),
  ]

  private static let database = Parameter.required("dbname", .string, "The database.")

  static let schemas: [StateFunction] = [
    state(
      "schema", "present", "Has a schema in a database.",
      [name, database, .optional("owner", .string, "The role that a new one belongs to.")], databaseFrom: "dbname"
    ) { arguments, server, isTest in
      let (name, database) = (arguments.string("name"), arguments.string("dbname"))
      let extra: ValueMap = ["dbname": .string(database)]
      guard try await lookUp(isTest, false, { try await server.schemas()[arguments["name"]] != nil }) == false else {
        return StateResult(true, "Schema \(name) already exists in database \(database)", extra: extra)
      }
      if isTest {
        return StateResult(nil, "Schema \(name) is set to be created in database \(database).", extra: extra)
      }
      do { try await server.createSchema(arguments) } catch {
        return StateResult(
          false, "Failed to create schema \(name) in database \(database)\n\(reason(error))", extra: extra)
      }
      return StateResult(
        true, "Schema \(name) has been created in database \(database)", changes: [.string(name): "Present"],
        extra: extra)
    },
    state("schema", "absent", "Has no such schema in a database.", [name, database], databaseFrom: "dbname") {
      arguments, server, isTest in
      let (name, database) = (arguments.string("name"), arguments.string("dbname"))
      let extra: ValueMap = ["dbname": .string(database)]
      guard try await lookUp(isTest, false, { try await server.schemas()[arguments["name"]] != nil }) else {
        return StateResult(
          true, "Schema \(name) is not present in database \(database), so it cannot be removed", extra: extra)
      }
      if isTest {
        return StateResult(nil, "Schema \(name) is set to be removed from database \(database)", extra: extra)
      }
      do { try await server.execute("DROP SCHEMA \(try PostgresText.name(name))") } catch {
        return StateResult(false, "Schema \(name) failed to be removed\n\(reason(error))", extra: extra)
      }
      return StateResult(
        true, "Schema \(name) has been removed from database \(database)", changes: [.string(name): "Absent"],
        extra: extra)
    },
  ]

  private static let maintained = Parameter.required("maintenance_db", .string, "The database.")

  static let languages: [StateFunction] = [
    state("language", "present", "Has a language in a database.", [name, maintained]) { arguments, server, isTest in
      let name = arguments.string("name")
      guard try await lookUp(isTest, false, { try await server.languages()[arguments["name"]] != nil }) == false else {
        return StateResult(true, "Language \(name) is already installed")
      }
      if isTest { return StateResult(nil, "Language \(name) is set to be installed") }
      do { try await server.execute("CREATE LANGUAGE \(try PostgresText.name(name))") } catch {
        return StateResult(false, "Failed to install language \(name)\n\(reason(error))")
      }
      return StateResult(true, "Language \(name) has been installed", changes: [.string(name): "Present"])
    },
    absent(
      "language", "Language", { try await $1.languages()[$0["name"]] != nil },
      { try await $1.execute("DROP LANGUAGE \(try PostgresText.name($0.string("name")))") },
      parameters: [maintained], isNotPresent: "is not present so it cannot be removed"),
  ]
}
