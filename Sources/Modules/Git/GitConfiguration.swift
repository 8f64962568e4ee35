import Functions
import HostSystem
import OrderedCollections
import Value

/// Git's configuration of one repository, or of a user.
struct GitConfiguration: Sendable {
  let git: GitProgram
  /// The repository; nil for the user's own.
  let directory: String?
  private var scope: [String] { directory == nil ? ["--global"] : ["--local"] }

  /// - Throws: `StateRefusal` with Salt's sentence where neither a repository nor the user is meant.
  init(_ git: GitProgram, directory: String?, isGlobal: Bool, missing: String) throws {
    self.git = git
    if isGlobal {
      self.directory = nil
      return
    }
    guard let directory, !directory.isEmpty else { throw StateRefusal(missing) }
    self.directory = try git.path(directory)
  }

  /// All values of a key; nil when it is not set.
  func values(_ key: String) async throws -> [String]? {
    let words = ["config"] + scope + ["-z", "--get-all", try GitText.word(key, "key")]
    let result = try await git.run(words, in: directory)
    switch result.exitCode {
    case 0:
      return result.outputText.split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(String.init)
    case 1: return nil
    default: throw git.error(words, result)
    }
  }

  /// Keys that match a regular expression, and their values.
  func values(matching key: String, value: String?) async throws -> OrderedDictionary<String, [String]> {
    let words = ["config"] + scope + ["-z", "--get-regexp", key] + (value.map { [$0] } ?? [])
    let result = try await git.run(words, in: directory)
    guard result.exitCode != 1 else { return [:] }
    guard result.isSuccess else { throw git.error(words, result) }
    var found: OrderedDictionary<String, [String]> = [:]
    for entry in result.outputText.split(separator: "\0") {
      let parts = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      found[parts[0], default: []].append(parts.count > 1 ? parts[1] : "")
    }
    return found
  }

  /// Has these values and no others; with `isAdding` also those that it has.
  func set(_ key: String, _ values: [String], isAdding: Bool = false) async throws {
    let key = try GitText.word(key, "key")
    guard !key.contains("="), key.contains(".") else {
      throw FunctionError(.badArguments, "'\(key)' is not the name of a git option, such as user.name.")
    }
    for (index, value) in values.enumerated() {
      let mode = isAdding || index > 0 ? "--add" : "--replace-all"
      // A value may begin with a dash, which git itself sees as a value after the key.
      try await git.output(["config"] + scope + [mode, key, value], in: directory)
    }
  }

  /// - Throws: `GitError` with Salt's sentence.
  func unset(_ key: String, value: String?, isAll: Bool) async throws {
    let words =
      ["config", isAll ? "--unset-all" : "--unset"] + scope + [try GitText.word(key, "key")]
      + (value.map { [$0] } ?? [])
    let result = try await git.run(words, in: directory)
    let text: String
    switch result.exitCode {
    case 0: return
    case 1: text = "Section or key is invalid"
    case 5 where try await values(key) == nil: text = "Key '\(key)' does not exist"
    case 5:
      text =
        "Multiple values exist for key '\(key)'" + (value == nil ? "" : " and value_regex matches multiple values")
    case 6: text = "The value_regex is invalid"
    default: throw git.error(words, result)
    }
    throw FunctionError(.failed, text)
  }
}
