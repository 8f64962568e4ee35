import Functions
import Value

extension PostgresServer {
  /// What an extension lacks, in Salt's words.
  enum ExtensionState: String {
    case missing = "EXTENSION NOT INSTALLED", installed = "EXTENSION INSTALLED"
    case outdated = "EXTENSION TO UPGRADE", misplaced = "EXTENSION TO MOVE"
  }

  func availableExtensions() async throws -> ValueMap {
    try await rows("SELECT * FROM pg_available_extensions()").reduce(into: [:]) { $0[$1["name"] ?? ""] = .map($1) }
  }

  func installedExtensions() async throws -> ValueMap {
    try await rows(
      "SELECT a.*, b.nspname AS schema_name FROM pg_extension a JOIN pg_namespace b ON a.extnamespace = b.oid"
    )
    .reduce(into: [:]) { $0[$1["extname"] ?? ""] = .map($1) }
  }

  func state(ofExtension name: String, schema: String?, version: String?) async throws -> [ExtensionState] {
    guard let present = try await installedExtensions()[.string(name)] else { return [.missing] }
    var states: [ExtensionState] = [.installed]
    if let version, let old = present["extversion"]?.description, Self.isOlder(old, than: version) {
      states.append(.outdated)
    }
    if let schema, present["extrelocatable"] == "t", present["schema_name"]?.description != schema {
      states.append(.misplaced)
    }
    return states
  }

  /// Makes the extension, or moves and upgrades the one that is there.
  func createExtension(_ name: String, _ arguments: Arguments) async throws -> Bool {
    let (schema, version) = (arguments.optionalString("schema"), arguments.optionalString("ext_version"))
    let states = try await state(ofExtension: name, schema: schema, version: version)
    let quoted = try PostgresText.name(name)
    var statements: [String] = []
    if states == [.missing] {
      var words = "CREATE EXTENSION "
      if arguments["if_not_exists"].boolValue != false { words += "IF NOT EXISTS " }
      words += quoted
      if let schema { words += " SCHEMA \(try PostgresText.name(schema))" }
      if let version { words += " VERSION \(try PostgresText.name(version))" }
      if arguments.isGiven("from_version") {
        words += " FROM \(try PostgresText.name(arguments.string("from_version")))"
      }
      statements.append(words)
    } else {
      if states.contains(.misplaced), let schema {
        statements.append("ALTER EXTENSION \(quoted) SET SCHEMA \(try PostgresText.name(schema))")
      }
      if states.contains(.outdated), let version {
        statements.append("ALTER EXTENSION \(quoted) UPDATE TO \(try PostgresText.name(version))")
      }
    }
    if !statements.isEmpty { try await execute(statements) }
    return try await state(ofExtension: name, schema: schema, version: version) == [.installed]
  }

  func dropExtension(_ name: String, _ arguments: Arguments) async throws {
    var words = "DROP EXTENSION "
    if arguments.bool("if_exists") { words += "IF EXISTS " }
    words += try PostgresText.name(name)
    if arguments.bool("restrict") {
      words += " RESTRICT"
    } else if arguments["cascade"].boolValue != false {
      words += " CASCADE"
    }
    try await execute(words)
  }

  /// By their numbers, then what is left.
  private static func isOlder(_ old: String, than new: String) -> Bool {
    func parts(_ text: String) -> [Int] { text.split { !$0.isNumber }.map { Int($0) ?? Int.max } }
    return parts(old).lexicographicallyPrecedes(parts(new))
  }
}
