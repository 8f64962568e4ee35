import Functions
import HostSystem
import Value

/// A server's data directory, made by initdb.
enum PostgresDirectory {
  static let words: [Parameter] = [
    .optional("auth", .string, default: "password", "How local connections prove who they are."),
    .optional("user", .string, "The superuser's name: the account's."),
    .optional("password", .string, "The superuser's password. It goes into a file for initdb."),
    .optional("encoding", .string, default: "UTF8", "The encoding of new databases."),
    .optional("locale", .string, "The locale of new databases."),
    .optional("waldir", .string, "Where the write-ahead log lies."),
    .optional("checksums", .bool, default: false, "Pages have checksums."),
    .optional("runas", .string, "The account that initdb runs as: `postgres`."),
  ]

  static func isThere(_ path: String, _ context: FunctionContext) -> Bool {
    context.files.isFile("\(path)/PG_VERSION") && context.files.isFile("\(path)/postgresql.conf")
  }

  static func make(_ arguments: Arguments, _ context: FunctionContext) async throws {
    guard context.commands.which("initdb") != nil else {
      throw FunctionError(.unavailable, "initdb executable not found.")
    }
    let account = arguments.optionalString("runas") ?? "postgres"
    let owner = try await CommandAccount.look(up: account, group: nil, context.commands)
    var words = [
      "initdb", "--pgdata=\(arguments.string("name"))", "--username=\(arguments.optionalString("user") ?? account)",
      "--auth=\(arguments.string("auth"))", "--encoding=\(arguments.string("encoding"))",
    ]
    if arguments.isGiven("locale") { words.append("--locale=\(arguments.string("locale"))") }
    if arguments.isGiven("waldir") { words += ["-X", arguments.string("waldir")] }
    if arguments.bool("checksums") { words.append("--data-checksums") }
    var command = Command(words)
    command.isEnvironmentClean = true
    command.workingDirectory = "/"
    command.user = owner.runAs
    let result: CommandResult
    if let password = arguments.optionalString("password") {
      result = try await PostgresServer.withFile(password + "\n", owner, context) { path in
        command.arguments.append("--pwfile=\(path)")
        return try await context.commands.run(command)
      }
    } else {
      result = try await context.commands.run(command)
    }
    guard result.isSuccess else { throw FunctionError(.failed, OutputTail.failure(of: words, result, lines: 5)) }
  }
}
