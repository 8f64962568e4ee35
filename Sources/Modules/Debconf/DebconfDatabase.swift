import Functions
import HostSystem
import Value

/// debconf's database, through its own programs. Answers go in by standard input, never on a command line.
struct DebconfDatabase: Sendable {
  struct Current: Sendable {
    var type: String
    var value: Secret
  }

  let commands: any CommandRunner
  var retry: LockRetry
  var lockTimeout = Duration.seconds(120)

  /// - Throws: `FunctionError.Code.unavailable` off Debian.
  init(_ context: FunctionContext) throws(FunctionError) {
    commands = context.commands
    retry = LockRetry(commands: context.commands, progress: context.progress)
    guard context.commands.which("debconf-set-selections") != nil, context.commands.which("debconf-communicate") != nil
    else { throw FunctionError(.unavailable, "This host has no debconf; it is Debian's.") }
  }

  /// What is answered now to these questions; no entry for a question that is not known.
  func current(_ package: String, _ questions: [String]) async throws -> [String: Current] {
    guard !questions.isEmpty else { return [:] }
    // Escaped, a value with ends of lines stays on one.
    var lines = ["CAPB escape"]
    for question in questions { lines += ["GET \(question)", "METAGET \(question) type"] }
    let command = command(["debconf-communicate", package], Secret(lines.joined(separator: "\n") + "\n"))
    let result = try await run(command)
    let replies = result.outputLines.dropFirst()
    // It exits with the number of its last reply: up to 29 the command was understood.
    guard case .exited(..<30) = result.ending, replies.count == 2 * questions.count else {
      // Its output holds values.
      throw FunctionError(
        .failed, "debconf-communicate \(package) did not answer as it should (\(OutputTail.ending(of: result))).",
        hint: "Try `debconf-show \(package)` on the host.")
    }
    var found: [String: Current] = [:]
    for (index, question) in questions.enumerated() {
      let (value, type) = (replies[1 + 2 * index], replies[2 + 2 * index])
      // 0 and 1 are answers; 1 with an escaped value.
      guard let value = Self.answer(value), let type = Self.answer(type) else { continue }
      found[question] = Current(type: type, value: Secret(value))
    }
    return found
  }

  /// Gives these answers, all in one go.
  func set(_ answers: [DebconfAnswer]) async throws {
    guard !answers.isEmpty else { return }
    try await set(Secret(answers.map(\.line).joined()))
  }

  /// Gives the answers of a text as debconf-set-selections takes it.
  func set(_ text: Secret) async throws {
    let result = try await run(command(["debconf-set-selections"], text))
    guard result.isSuccess else {
      throw FunctionError(
        .failed,
        "debconf-set-selections did not take the answers (\(OutputTail.ending(of: result))): "
          + Self.withoutValues(result))
    }
  }

  /// All questions with their answers, by package; passwords are not among them.
  func selections() async throws -> [DebconfSelection] {
    guard commands.which("debconf-get-selections") != nil else {
      throw FunctionError(
        .unavailable, "This host has no debconf-get-selections.", hint: "Install the package debconf-utils.")
    }
    var command = command(["debconf-get-selections"], nil)
    command.outputLimit = 64 << 20
    let result = try await run(command)
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "debconf-get-selections failed (\(OutputTail.ending(of: result))): " + Self.withoutValues(result))
    }
    return DebconfSelection.parse(result.outputLines)
  }

  private func run(_ command: Command) async throws -> CommandResult {
    try await retry.run(timeout: lockTimeout, { _ in command }) { result in
      result.errorText.contains("is locked by another process") ? LockHolder(in: "", after: "pid") : nil
    }
  }

  private func command(_ arguments: [String], _ input: Secret?) -> Command {
    var command = Command(arguments)
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C", "DEBIAN_FRONTEND": "noninteractive"]
    if let input { command.standardInput = .secret(input) }
    command.timeout = .seconds(120)
    return command
  }

  /// `0 value` and `1 escaped\nvalue`; anything else is an error's number.
  private static func answer(_ line: String) -> String? {
    guard let code = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).first else {
      return nil
    }
    let text = line.dropFirst(code.count + 1)
    guard code == "0" || code == "1" else { return nil }
    guard text.contains("\\") else { return String(text) }
    var value = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        value.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        value.append(character)
      }
    }
    return value
  }

  /// What the program said, but for lines that could hold an answer.
  private static func withoutValues(_ result: CommandResult) -> String {
    let lines = result.errorText.splitLines().filter { $0.hasPrefix("debconf: ") || $0.hasPrefix("error: ") }
    let shown = lines.filter { !$0.contains("unable to initialize frontend") && !$0.contains("falling back") }
    return shown.prefix(5).map { line in
      // debconf's own words end before what it quotes.
      String(line.prefix { !"'\"`".contains($0) })
    }.joined(separator: "\n")
  }
}
