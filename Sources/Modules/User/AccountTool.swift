import Functions
import HostSystem
import Value

/// Runs the programs of the shadow suite, the only writers of the account files: they lock them and keep them whole.
enum AccountTool {
  /// Runs one to its end, or not at all under `test=True`.
  ///
  /// - Parameter action: what it is for, as the start of an error (`"add the user 'deploy'"`).
  @discardableResult
  static func run(
    _ arguments: [String], _ context: FunctionContext, to action: String, input: Command.Input = .none,
    accepting isFine: (CommandResult) -> Bool = { _ in false }
  ) async throws -> CommandResult {
    let line = arguments.joined(separator: " ")
    guard let program = arguments.first, context.commands.which(program) != nil else {
      throw FunctionError(
        .unavailable, "Cannot \(action): there is no '\(arguments.first ?? "")' here.",
        hint: "It comes with the package 'passwd' (Debian), 'shadow-utils' (RPM) or, for l… tools, 'libuser'.")
    }
    try context.stopIfTest("run `\(line)`")
    var command = Command(arguments)
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.standardInput = input
    command.timeout = .seconds(120)
    let result = try await context.commands.run(command)
    if result.isSuccess || isFine(result) { return result }
    let words = result.errorText.trimmed()
    throw FunctionError(
      code(words, result),
      "Cannot \(action): `\(line)` ended with \(result.exitCode)\(words.isEmpty ? "" : ": \(words)")",
      hint: hint(words))
  }

  /// `-R root` for another system's files.
  static func root(_ arguments: Arguments, flag: String = "-R") throws -> [String] {
    guard let root = arguments.optionalString("root"), !root.isEmpty else { return [] }
    return [flag, try AbsolutePath.check(root, "root")]
  }

  private static func code(_ words: String, _ result: CommandResult) -> FunctionError.Code {
    if result.ending == .timedOut { return .timedOut }
    if words.contains("cannot lock") { return .busy }
    return words.contains("does not exist") || words.contains("unknown user") ? .notFound : .failed
  }

  private static func hint(_ words: String) -> String? {
    if words.contains("cannot lock") {
      return "Another program is changing accounts (or left /etc/passwd.lock behind); try again when it is done."
    }
    if words.contains("currently used by process") {
      return "Stop the processes of that user first, or give force=True to user.delete."
    }
    if words.contains("Permission denied") { return "The minion has to run as root to change accounts." }
    return nil
  }
}
