import Functions
import HostSystem

extension FunctionContext {
  /// Runs a program that is read by its output, in the C locale.
  ///
  /// - Throws: `FunctionError` with `unavailable` when it is not installed: it says which package has it.
  func start(_ argv: [String], package: String, input: Command.Input = .none) async throws -> CommandResult {
    guard let program = argv.first, program.hasPrefix("/") || commands.which(program) != nil else {
      throw FunctionError(
        .unavailable, "There is no '\(argv.first ?? "")' here.", hint: "It comes with the package '\(package)'.")
    }
    var command = Command(argv)
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.standardInput = input
    return try await commands.run(command)
  }

  /// What a program printed that has to end well.
  func output(of argv: [String], package: String, input: Command.Input = .none) async throws -> String {
    let result = try await start(argv, package: package, input: input)
    guard result.isSuccess else {
      let words = result.errorText.trimmed()
      throw FunctionError(
        .failed,
        "`\(argv.joined(separator: " "))` ended with \(result.exitCode): \(words.isEmpty ? result.outputText.trimmed() : words)"
      )
    }
    return result.outputText
  }
}
