public import Functions
import Value

/// States `postgres_*`: roles, databases and what is in them. Comments and changes are Salt's; where something fails the
/// comment goes on with what psql said. In test mode a server that cannot be reached yet has nothing.
public enum PostgresStates {
  public static let all: [StateFunction] =
    roles + databases + tablespaces + schemas + languages + extensions + privileges + [initialized]

  static let connection: [Parameter] = [
    .optional("user", .string, "The account that psql runs as: `postgres` on this host."),
    .optional("maintenance_db", .string, "The database to connect to: `postgres`."),
    .optional("db_password", .string, "The password of the role to connect as."),
    .optional("db_host", .string, "The server's host, or the directory of its socket."),
    .optional("db_port", .string, "The server's port."), .optional("db_user", .string, "The role to connect as."),
  ]
  static let name = Parameter.required("name", .string, "The name.")

  typealias Body = @Sendable (Arguments, PostgresServer, _ isTest: Bool) async throws -> StateResult

  static func state(
    _ module: String, _ function: String, _ summary: String, _ parameters: [Parameter],
    databaseFrom word: String? = nil, _ body: @escaping Body
  ) -> StateFunction {
    let own = Set(parameters.map(\.name))
    let rest = connection.filter { !own.contains($0.name) && !(word == "dbname" && $0.name == "maintenance_db") }
    return StateFunction("postgres_\(module).\(function)", summary, parameters: parameters + rest) {
      arguments, context in
      let server = PostgresServer(
        arguments, context.functions, database: word.map { arguments.string($0) })
      do { return try await body(arguments, server, context.isTest) } catch {
        let extra: ValueMap = word == "dbname" ? ["dbname": arguments["dbname"]] : [:]
        return StateResult(false, reason(error), extra: extra)
      }
    }
  }

  /// Whether a thing is there; one of a server that does not answer yet is not, which counts in test mode only.
  static func lookUp<Found>(_ isTest: Bool, _ none: Found, _ body: () async throws -> Found) async throws -> Found {
    do { return try await body() } catch let error as FunctionError where isTest && error.code != .badArguments {
      return none
    }
  }

  /// The state of a thing that is there or not, in Salt's words.
  static func absent(
    _ module: String, _ noun: String,
    _ exists: @escaping @Sendable (Arguments, PostgresServer) async throws -> Bool,
    _ remove: @escaping @Sendable (Arguments, PostgresServer) async throws -> Void,
    parameters: [Parameter] = [], databaseFrom word: String? = nil,
    isNotPresent: String = "is not present, so it cannot be removed"
  ) -> StateFunction {
    state(module, "absent", "Has no such \(module).", [name] + parameters, databaseFrom: word) {
      arguments, server, isTest in
      let name = arguments.string("name")
      guard try await lookUp(isTest, false, { try await exists(arguments, server) }) else {
        return StateResult(true, "\(noun) \(name) \(isNotPresent)")
      }
      if isTest { return StateResult(nil, "\(noun) \(name) is set to be removed") }
      do { try await remove(arguments, server) } catch {
        return StateResult(false, "\(noun) \(name) failed to be removed\n\(reason(error))")
      }
      return StateResult(true, "\(noun) \(name) has been removed", changes: [.string(name): "Absent"])
    }
  }

  static func reason(_ error: any Error) -> String {
    (error as? FunctionError)?.description ?? String(describing: error)
  }

  private static let initialized = StateFunction(
    "postgres_initdb.present", "Has a server's data directory made with initdb.",
    parameters: [name] + PostgresDirectory.words
  ) { arguments, context in
    let name = arguments.string("name")
    guard !PostgresDirectory.isThere(name, context.functions) else {
      return StateResult(true, "Postgres data directory \(name) is already present")
    }
    if context.isTest { return StateResult(nil, "Postgres data directory \(name) is set to be initialized") }
    do { try await PostgresDirectory.make(arguments, context.functions) } catch {
      return StateResult(false, "Postgres data directory \(name) initialization failed\n\(reason(error))")
    }
    return StateResult(
      true, "Postgres data directory \(name) has been initialized", changes: [.string(name): "Present"])
  }
}
