public import Functions
import HostSystem
import OrderedCollections
import Value

/// `git.*`: repositories. Git runs without a prompt, as the user that is named, and never with a password on its
/// command line.
public enum GitFunctions {
  public static let all: [Function] = inspection + references + configuration + repositories + changes

  static let directory = Parameter.required("cwd", .string, "The repository; a relative path is below the user's home.")
  static let options = Parameter.optional(
    "opts", .any, default: "", "More options of the git command, a list or words as in a shell.")
  static let gitOptions = Parameter.optional(
    "git_opts", .any, default: "", "Options of git itself, before the command.")
  static let identity = Parameter.optional(
    "identity", .any, "The SSH key, a path or `salt://…`; of a list each is tried.")
  static let environment = Parameter.optional("saltenv", .string, default: "base", "The environment of `salt://` keys.")
  static let httpsUser = Parameter.optional("https_user", .string, "The user name for https.")
  static let httpsPassword = Parameter.optional("https_pass", .string, "The password for https; it is written nowhere.")

  /// What all functions take.
  static let usual = [
    Parameter.optional("user", .string, "The user that git runs as; it has to own the repository."),
    .optional("password", .any, "For Windows; not used here."),
    .optional("ignore_retcode", .bool, default: false, "Taken for compatibility: it is about Salt's log."),
    .optional("output_encoding", .string, "Taken for compatibility: git's output is read as UTF-8."),
  ]

  /// A function in a repository: refusals of all kinds are errors of the function.
  static func function(
    _ name: String, _ summary: String, details: String, effect: FunctionEffect, parameters: [Parameter],
    body: @escaping @Sendable (Arguments, GitRepository) async throws -> Value
  ) -> Function {
    Function.guarded("git.\(name)", summary, details: details, effect: effect, parameters: parameters) {
      arguments, context in
      do {
        let account = try await GitProgram.account(arguments.optionalString("user"), context)
        let names = Set(parameters.map(\.name))
        func given(_ name: String) -> String? { names.contains(name) ? arguments.optionalString(name) : nil }
        let url = try (given("url") ?? given("remote").flatMap { $0.contains("://") ? $0 : nil }).map {
          (text) throws(FunctionError) in try GitURL(text, "url")
        }
        let access = try await GitAccess.make(
          identity: names.contains("identity") ? arguments["identity"] : .null, url: url, user: given("https_user"),
          password: given("https_pass"), account: account, environment: given("saltenv") ?? "base", context)
        let git = GitProgram(context, account: account, access: access)
        let path = try git.path(given("cwd") ?? "/")
        if effect == .change { try context.stopIfTest("change \(path)") }
        return try await body(arguments, GitRepository(git: git, path: path))
      } catch let refusal as StateRefusal {
        throw FunctionError(.badArguments, "git.\(name): \(refusal.comment)")
      } catch let error as GitError {
        throw FunctionError(.failed, error.description)
      }
    }
  }

  /// Git options, the command, its options.
  static func words(_ command: [String], _ arguments: Arguments) throws -> [String] {
    try GitText.options(arguments["git_opts"]) + command + GitText.options(arguments["opts"])
  }
}
