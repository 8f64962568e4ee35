import Functions
import HostSystem
import OrderedCollections
import Testing
import Value

@testable import Modules

/// A host with git and a repository: commits `one` (tag v1) and `two` on `main`, one more on `dev`.
final class GitTestHost: Sendable {
  static let isAvailable = SubprocessRunner().which("git") != nil

  let host: StateTestHost
  /// The repository's address, as git takes it.
  var source: String { host.root + "/src" }

  init() async throws {
    host = try StateTestHost()
    try host.files.makeDirectory("/src")
    try await git("/src", "init", "-q", "-b", "main")
    try await commit("/src", "one")
    try await git("/src", "tag", "v1")
    try await commit("/src", "two")
    try await git("/src", "branch", "dev")
    try await git("/src", "checkout", "-q", "dev")
    try await commit("/src", "three")
    try await git("/src", "checkout", "-q", "main")
  }

  @discardableResult
  func git(_ directory: String, _ words: String...) async throws -> String {
    var command = Command(["git", "-c", "user.name=T", "-c", "user.email=t@example.com"] + words)
    command.workingDirectory = host.files.resolve(directory)
    command.environment = ["LC_ALL": "C.UTF-8"]
    let result = try await SubprocessRunner().run(command)
    #expect(result.isSuccess, "git \(words): \(result.errorText)")
    return result.outputText.trimmed()
  }

  func commit(_ directory: String, _ text: String) async throws {
    try host.files.write("\(directory)/\(text)", text: text)
    try await git(directory, "add", ".")
    try await git(directory, "commit", "-q", "-m", text)
  }

  func hash(_ directory: String, _ revision: String = "HEAD") async throws -> String {
    try await git(directory, "rev-parse", "\(revision)^{commit}")
  }

  func call(_ function: String, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await host.call(GitStates.all, "git.\(function)", named, isTest: isTest, SubprocessRunner())
  }
}
