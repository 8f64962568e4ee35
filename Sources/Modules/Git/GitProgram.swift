import Functions
import Glibc
import HostSystem
import Value

/// Runs git(1) as a user, without ever asking anybody anything.
struct GitProgram: Sendable {
  let context: FunctionContext
  /// Who runs it; nil for the minion's own user.
  let account: CommandAccount?
  var access: GitAccess

  init(_ context: FunctionContext, account: CommandAccount? = nil, access: GitAccess? = nil) {
    self.context = context
    self.account = account
    self.access = access ?? .none(context)
  }

  /// The user of a `user` argument.
  static func account(_ user: String?, _ context: FunctionContext) async throws -> CommandAccount? {
    guard let user, !user.isEmpty else { return nil }
    return try await CommandAccount.look(up: user, group: nil, context.commands)
  }

  /// A relative path is below the user's home, as in Salt.
  func path(_ text: String) throws(FunctionError) -> String {
    try AbsolutePath.check(PathText.joined([home, text]), "cwd")
  }

  /// Runs a command and gives what it printed, without white space at its end.
  ///
  /// - Throws: `GitError` when it failed.
  @discardableResult
  func output(_ words: [String], in directory: String?, isMerged: Bool = false) async throws -> String {
    let result = try await run(words, in: directory, isMerged: isMerged)
    guard result.isSuccess else { throw error(words, result, isMerged: isMerged) }
    guard !result.isTruncated else {
      throw GitError(command: line(words), text: "its output is too long to be read", exitCode: 0)
    }
    var text = result.outputText[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return isMerged ? clean(String(text)) : String(text)
  }

  /// The same, or nil when it failed.
  func optionalOutput(_ words: [String], in directory: String?) async throws -> String? {
    do { return try await output(words, in: directory) } catch is GitError { return nil }
  }

  /// Runs a command to its end, however that is. Each key is tried until one is let in.
  func run(_ words: [String], in directory: String?, isMerged: Bool = false) async throws -> CommandResult {
    guard context.commands.which("git") != nil else {
      throw FunctionError(.unavailable, "There is no git here.", hint: "Install the package 'git'.")
    }
    let keys: [String?] = access.identities.isEmpty ? [nil] : access.identities
    var result = CommandResult()
    for key in keys {
      var command = Command(["git"] + configuration + words)
      command.environment = environment(key)
      command.workingDirectory = directory.map { context.files.resolve($0) }
      command.user = account?.runAs
      command.isErrorMerged = isMerged
      command.outputLimit = 64 << 20
      command.timeout = .seconds(3600)
      result = try await context.commands.run(command)
      if result.isSuccess { break }
    }
    return result
  }

  func error(_ words: [String], _ result: CommandResult, isMerged: Bool = false) -> GitError {
    var text = clean((isMerged ? result.outputText : result.errorText).trimmed())
    if text.contains("dubious ownership") {
      text += "\nGive user= the owner of the repository: git then runs as that user."
    } else if text.contains("Host key verification failed") {
      text += "\nMake the host known first, for example by ssh_known_hosts.present."
    } else if result.ending == .timedOut {
      text += "it took longer than an hour"
    }
    return GitError(command: line(words), text: text, exitCode: result.exitCode)
  }

  /// A text without passwords.
  func clean(_ text: String) -> String {
    let text = GitText.redacted(text)
    guard let password = access.password, !password.isEmpty else { return text }
    return text.replacing(password, with: "<redacted>")
      .replacing(GitText.percentEncoded(password), with: "<redacted>")
  }

  private func line(_ words: [String]) -> String { clean((["git"] + words).joined(separator: " ")) }

  /// The password is in a file, whose name alone is on the command line. Other helpers are not asked: they might wait
  /// for somebody, or keep it.
  private var configuration: [String] {
    guard let path = access.credentials else { return [] }
    return ["-c", "credential.helper=", "-c", "credential.helper=store --file=\(context.files.resolve(path))"]
  }

  private var home: String { account?.home ?? getenv("HOME").map { String(cString: $0) } ?? "/root" }

  private func environment(_ key: String?) -> [String: String] {
    // No prompt of git's or ssh's, no program that draws one; a host that is not known is an error.
    var ssh = "ssh -oBatchMode=yes -oConnectTimeout=30 -oServerAliveInterval=30"
    if let key { ssh += " -oIdentitiesOnly=yes -oIdentityFile='\(context.files.resolve(key))'" }
    var environment = [
      "LC_ALL": "C.UTF-8", "LANGUAGE": "C", "HOME": home, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "",
      "SSH_ASKPASS": "", "GIT_SSH_COMMAND": ssh, "GIT_HTTP_LOW_SPEED_LIMIT": "1", "GIT_HTTP_LOW_SPEED_TIME": "120",
      "GIT_EDITOR": "true", "GIT_PAGER": "cat", "GIT_OPTIONAL_LOCKS": "0",
    ]
    if let account {
      environment["USER"] = account.name
      environment["LOGNAME"] = account.name
    }
    return environment
  }
}
