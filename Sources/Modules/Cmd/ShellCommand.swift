import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

/// One call of a `cmd` function: its arguments read, checked and made into the program to start.
struct ShellCommand: Sendable {
  /// What was asked for, for messages.
  var line: String
  var command: Command
  var timeout: Double?
  var isStripped: Bool
  var isHidden: Bool
  /// A failing command is no failure of the job.
  var ignoresExitCode: Bool
  var successCodes: [Int64]
  var successOutputs: [String]
  var successErrors: [String]

  /// - Parameter program: argv in place of the line, for scripts and code.
  init(_ arguments: Arguments, _ context: FunctionContext, program: [String]? = nil, line: String? = nil) async throws {
    self.line = line ?? Self.line(arguments)
    timeout = arguments.double("timeout")
    isStripped = arguments.bool("rstrip")
    isHidden = arguments.bool("hide_output")
    ignoresExitCode = arguments.bool("ignore_retcode")
    successCodes = arguments.list("success_retcodes").compactMap { $0.intValue ?? Int64($0.description) }
    successOutputs = arguments.strings("success_stdout")
    successErrors = arguments.strings("success_stderr")
    command = Command(try program ?? Self.argv(arguments, context))
    if let text = arguments.optionalString("stdin") { command.standardInput = .bytes(Array(text.utf8)) }
    if let timeout {
      guard timeout > 0, timeout < 1e9 else {
        throw FunctionError(.badArguments, "timeout= is a number of seconds above 0.")
      }
      command.timeout = .milliseconds(Int(timeout * 1000))
    }
    if let mask = arguments.optionalString("umask") { command.umask = try Self.umask(mask) }
    command.isEnvironmentClean = arguments.bool("clean_env")
    let account = try await Self.account(arguments, context)
    command.user = account?.runAs
    command.environment = try Self.environment(arguments, account)
    command.workingDirectory = try Self.directory(arguments, account, context)
  }

  /// What was asked for; a list joined, for messages only.
  static func line(_ arguments: Arguments) -> String {
    arguments["cmd"].listValue?.map(\.description).joined(separator: " ") ?? arguments.string("cmd")
  }

  private static func argv(_ arguments: Arguments, _ context: FunctionContext) throws -> [String] {
    let line = Self.line(arguments)
    guard !line.isEmpty, !line.contains("\0") else {
      throw FunctionError(.badArguments, "cmd= is empty or has a NUL in it.")
    }
    guard arguments["cmd"].mapValue == nil else {
      throw FunctionError(.badArguments, "cmd= is a command line or a list of words, not a map.")
    }
    if let words = arguments["cmd"].listValue?.map(\.description) {
      guard words.first?.isEmpty == false else { throw FunctionError(.badArguments, "cmd= names no program.") }
      // Under a shell, as in Salt, the first word is its line and the others are its $0, $1, ….
      return arguments.bool("python_shell") ? [try shell(arguments, context), "-c"] + words : words
    }
    // As in Salt: on the command line a shell is the rule, in templates and `module.run` none is.
    let usesShell = arguments.isGiven("python_shell") ? arguments.bool("python_shell") : !context.isNested
    guard !usesShell else {
      return [try shell(arguments, context), "-c", line]
    }
    do {
      let words = try ShellWords.split(line)
      guard !words.isEmpty else { throw FunctionError(.badArguments, "cmd= has no word in it.") }
      return words
    } catch let error as ShellWordsError {
      throw FunctionError(.badArguments, "The command cannot be split into words: \(error).", hint: line)
    }
  }

  static func shell(_ arguments: Arguments, _ context: FunctionContext) throws -> String {
    if let shell = arguments.optionalString("shell") {
      guard context.files.isExecutable(shell) || context.commands.which(shell) != nil else {
        throw FunctionError(
          .notFound, "The shell \(shell) is not on this host.", hint: "`cmd.shells` lists those that are.")
      }
      return shell
    }
    return context.files.isExecutable("/bin/bash") ? "/bin/bash" : "/bin/sh"
  }

  /// Octal, as umask(1) has it: 22 and "022" are the same.
  private static func umask(_ text: String) throws -> UInt32 {
    guard let mask = UInt32(text, radix: 8), mask <= 0o777 else {
      throw FunctionError(.badArguments, "umask=\(text) is not an octal mask such as 022.")
    }
    return mask
  }

  private static func account(_ arguments: Arguments, _ context: FunctionContext) async throws -> CommandAccount? {
    let group = arguments.optionalString("group")
    if let user = arguments.optionalString("runas") {
      return try await CommandAccount.look(up: user, group: group, context.commands)
    }
    guard let group else { return nil }
    return try await CommandAccount.look(up: "root", group: group, context.commands)
  }

  private static let locale =
    [
      "CTYPE", "NUMERIC", "TIME", "COLLATE", "MONETARY", "MESSAGES", "PAPER", "NAME", "ADDRESS", "TELEPHONE",
      "MEASUREMENT", "IDENTIFICATION",
    ].map { "LC_\($0)" } + ["LANGUAGE"]

  private static func environment(_ arguments: Arguments, _ account: CommandAccount?) throws -> [String: String] {
    var result: [String: String] = [:]
    // What programs print is then the same on every host.
    if !arguments.has("reset_system_locale") || arguments.bool("reset_system_locale") {
      for name in locale { result[name] = "C" }
    }
    if let account {
      result.merge(["HOME": account.home, "USER": account.name, "LOGNAME": account.name, "SHELL": account.shell]) { $1 }
    }
    for (name, value) in try pairs(arguments["env"]) {
      guard !name.isEmpty, !name.contains("="), !name.contains("\0"), !value.contains("\0") else {
        throw FunctionError(.badArguments, "'\(name)' in env= cannot be an environment variable.")
      }
      result[name] = value
    }
    if let prefix = arguments.optionalString("prepend_path") {
      let path = result["PATH"] ?? getenv("PATH").map { String(cString: $0) } ?? "/usr/sbin:/usr/bin:/sbin:/bin"
      result["PATH"] = "\(prefix):\(path)"
    }
    return result
  }

  /// A map, or a list of maps and of `NAME=value`. A null is the empty string, as in Salt.
  private static func pairs(_ value: Value) throws -> [(String, String)] {
    switch value {
    case .null: return []
    case .map(let map): return map.map { ($0.key.description, $0.value.isNull ? "" : $0.value.description) }
    case .list(let items): return try items.flatMap { try pairs($0) }
    case .string(let text):
      guard let sign = text.firstIndex(of: "=") else { break }
      return [(String(text[..<sign]), String(text[text.index(after: sign)...]))]
    default: break
    }
    // The value is left out of the message: it may be a secret.
    throw FunctionError(.badArguments, "env= is a map, or a list of maps or of NAME=value.")
  }

  private static func directory(_ arguments: Arguments, _ account: CommandAccount?, _ context: FunctionContext) throws
    -> String
  {
    guard let directory = arguments.optionalString("cwd") else {
      guard let account else { return context.files.isDirectory("/root") ? "/root" : "/" }
      return context.files.isDirectory(account.home) ? account.home : "/"
    }
    guard directory.hasPrefix("/"), context.files.isDirectory(directory) else {
      throw FunctionError(.badArguments, "cwd=\(directory) is not an absolute path of a directory on this host.")
    }
    return directory
  }
}
