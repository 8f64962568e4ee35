import Functions
import Hashing
import HostSystem
import Value

/// A PostgreSQL server, spoken to with psql. Statements go in by standard input: nothing of them is on a command line,
/// and passwords for the connection are in a file that only psql's account may read.
struct PostgresServer: Sendable {
  let context: FunctionContext
  let database: String
  let user: String?
  let host: String?
  let port: String?
  let password: Secret?
  let account: String?

  /// - Parameter database: the database to work in, rather than `maintenance_db`.
  init(_ arguments: Arguments, _ context: FunctionContext, database: String? = nil) {
    self.context = context
    func option(_ name: String) -> String? {
      let key = "postgres.\(name)"
      let value = context.options[.string(key)] ?? context.pillar[.string(key)]
      return value.flatMap { $0.isNull || $0 == "" ? nil : $0.description }
    }
    func argument(_ names: String...) -> String? {
      for name in names where arguments.has(name) && arguments[name] != "" {
        if let text = arguments.optionalString(name) { return text }
      }
      return nil
    }
    // With `db_user` the word `user` is the account of the system; else `runas` is.
    let hasRoleWords = arguments.has("db_user")
    user = (hasRoleWords ? argument("db_user") : argument("user")) ?? option("user")
    host = argument("db_host", "host") ?? option("host")
    port = argument("db_port", "port") ?? option("port")
    password =
      (hasRoleWords ? argument("db_password") : argument("password")).map { Secret($0) }
      ?? option("pass").map { Secret($0) }
    self.database = database ?? argument("maintenance_db") ?? option("maintenance_db") ?? "postgres"
    let isLocal = host.map { $0.hasPrefix("/") } ?? true
    account = (hasRoleWords ? argument("user") : argument("runas")) ?? (isLocal ? "postgres" : nil)
  }

  /// The same server, another database.
  private init(_ other: PostgresServer, database: String) {
    (context, user, host, port) = (other.context, other.user, other.host, other.port)
    (password, account, self.database) = (other.password, other.account, database)
  }

  func within(_ database: String) -> PostgresServer { PostgresServer(self, database: database) }

  /// Whether there is a psql on this host.
  var isAvailable: Bool { context.commands.which("psql") != nil }

  /// The rows of a query, each `{column: text}`; NULL is the empty text.
  ///
  /// - Throws: `FunctionError.Code.failed` with psql's words.
  func rows(_ query: String, isWriting: Bool = false) async throws -> [ValueMap] {
    var query = query[...]
    while let last = query.last, last == ";" || last.isWhitespace { query.removeLast() }
    let copy = "COPY (\(query)) TO STDOUT WITH CSV HEADER;"
    let text = isWriting ? "START TRANSACTION READ WRITE;\n\(copy)\nCOMMIT TRANSACTION;\n" : copy + "\n"
    var rows = PostgresText.rows(try await run(text))
    guard !rows.isEmpty else { return [] }
    let columns = rows.removeFirst()
    return rows.map { row in
      zip(columns, row).reduce(into: ValueMap()) { $0[.string($1.0)] = .string($1.1) }
    }
  }

  /// Carries out statements, all or none.
  func execute(_ statements: [String]) async throws {
    // Some (CREATE DATABASE) stand alone.
    let words = statements.count > 1 ? ["BEGIN"] + statements + ["COMMIT"] : statements
    _ = try await run(words.map { $0 + ";\n" }.joined())
  }

  func execute(_ statement: String) async throws { try await execute([statement]) }

  private func run(_ text: String) async throws -> [UInt8] {
    guard isAvailable else {
      throw FunctionError(.unavailable, "This host has no psql.", hint: "Install the package postgresql-client.")
    }
    var words = [
      "psql", "--no-align", "--no-readline", "--no-psqlrc", "--no-password", "--quiet", "--set", "ON_ERROR_STOP=1",
    ]
    for (word, value) in [("--username", user), ("--host", host), ("--port", port), ("--dbname", database)] {
      if let value { words += [word, value] }
    }
    var command = Command(words)
    command.isEnvironmentClean = true
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C", "PGDATESTYLE": "ISO,MDY", "PGAPPNAME": "brine"]
    command.workingDirectory = "/"
    command.standardInput = .secret(Secret(text))
    command.outputLimit = 64 << 20
    let owner = try await look(account)
    command.user = owner?.runAs
    let result = try await withPasswordFile(owner) { path in
      if let path { command.environment["PGPASSFILE"] = path }
      return try await context.commands.run(command)
    }
    guard result.isSuccess, !result.isTruncated else {
      // What it says beside errors repeats the statement, with what is secret in it.
      let lines = result.errorText.splitLines().filter { line in
        ["ERROR:", "FATAL:", "psql:", "HINT:", "connection to"].contains { line.hasPrefix($0) }
      }
      let reason = lines.isEmpty ? "psql ended with \(OutputTail.ending(of: result))." : lines.joined(separator: "\n")
      throw FunctionError(.failed, reason)
    }
    return result.standardOutput
  }

  func look(_ account: String?) async throws -> CommandAccount? {
    guard let account else { return nil }
    return try await CommandAccount.look(up: account, group: nil, context.commands)
  }

  private func withPasswordFile<Result>(
    _ owner: CommandAccount?, _ body: (String?) async throws -> Result
  ) async throws -> Result {
    guard let password else { return try await body(nil) }
    let fields = [host.map { $0.hasPrefix("/") ? "localhost" : $0 } ?? "localhost", port ?? "*", "*", user ?? "*"]
    func escaped(_ text: String) -> String {
      text.reduce(into: "") { result, character in
        if character == ":" || character == "\\" { result.append("\\") }
        result.append(character)
      }
    }
    let secret = password.withBytes { String(decoding: $0, as: UTF8.self) }
    guard !secret.contains(where: \.isNewline) else {
      throw FunctionError(.badArguments, "A password for psql is one line.")
    }
    return try await Self.withFile(fields.joined(separator: ":") + ":" + escaped(secret) + "\n", owner, context) {
      try await body($0)
    }
  }

  /// A file that only one account may read, for as long as something runs.
  static func withFile<Result>(
    _ text: String, _ owner: CommandAccount?, _ context: FunctionContext, _ body: (String) async throws -> Result
  ) async throws -> Result {
    let path = "/tmp/brine-postgres-\(Hexadecimal.text(try KernelRandom.bytes(12)))"
    try context.files.write(path, text: text, mode: 0o600, owner: owner.map { ($0.runAs.uid, $0.runAs.gid) })
    defer { try? context.files.remove(path) }
    return try await body(path)
  }
}
