import Functions
import HostSystem
import Value

/// A file of htpasswd(1). Passwords go to it on standard input.
struct PasswordFile: Sendable {
  let path: String
  private let context: FunctionContext

  init(_ path: String, _ context: FunctionContext) throws {
    self.path = try AbsolutePath.check(path, "pwfile")
    self.context = context
  }

  func has(_ user: String) -> Bool { context.files.linesIfPresent(path).contains { $0.hasPrefix("\(user):") } }

  var exists: Bool { context.files.exists(path) }

  func add(_ user: String, _ password: String, options: String, runas: String?) async throws -> CommandResult {
    try await run("i\(exists ? "" : "c")\(options)", user, password, runas)
  }

  func verify(_ user: String, _ password: String, options: String, runas: String?) async throws -> Bool {
    guard exists else { return false }
    return try await run("iv\(options)", user, password, runas).isSuccess
  }

  func remove(_ user: String, runas: String?) async throws -> CommandResult { try await run("D", user, nil, runas) }

  private func run(_ letters: String, _ user: String, _ password: String?, _ runas: String?) async throws
    -> CommandResult
  {
    guard letters.allSatisfy({ "icvDmB25dsp".contains($0) }) else {
      throw FunctionError(.badArguments, "'\(letters)' are not options of htpasswd.", hint: "m, B, 2, 5, d, s, p")
    }
    guard !user.isEmpty, !user.hasPrefix("-"), !user.contains(where: { $0 == ":" || $0.isNewline }) else {
      throw FunctionError(.badArguments, "'\(user)' is not the name of a user.")
    }
    guard context.commands.which("htpasswd") != nil else {
      throw FunctionError(.unavailable, "There is no 'htpasswd' here.", hint: "It comes with 'apache2-utils'.")
    }
    var command = Command("htpasswd", "-\(letters)", path, user)
    if let password { command.standardInput = .secret(Secret(password + "\n")) }
    if let runas { command.user = try await CommandAccount.look(up: runas, group: nil, context.commands).runAs }
    return try await context.commands.run(command)
  }
}
