import Functions
import HostSystem
import OrderedCollections
import Value

/// One `git.detached`.
struct GitDetached {
  private let target: GitTarget
  private let wish: String
  private let isHash: Bool
  private let remoteName: String
  private let arguments: Arguments
  private var report: GitReport
  private var repository: GitRepository { target.repository }

  init(_ arguments: Arguments, _ context: StateContext) async throws {
    self.arguments = arguments
    let wish = arguments.string("rev")
    guard !wish.isEmpty else { throw StateRefusal("'\(wish)' is not a valid value for the 'rev' argument") }
    isHash = wish.utf8.count <= 40 && wish.allSatisfy { $0.isASCII && $0.isHexDigit }
    self.wish = try GitText.word(isHash ? wish.lowercased() : wish, "rev")
    remoteName = try GitText.word(arguments.string("remote"), "remote")
    target = try await GitTarget(arguments, context)
    report = GitReport(isTest: context.isTest)
  }

  mutating func run() async throws -> StateResult {
    var commit: String?
    var isHere = false
    if try await repository.isRepository(isBare: false) {
      commit = try await repository.headCommit()
      if isHash {
        isHere = try await repository.commit("\(wish)^{commit}") != nil
      } else if let end = try await setAddress() {
        return end
      }
    } else if let end = try await clone() {
      return end
    }
    if !isHere, arguments.bool("fetch_remote"), let end = try await fetch() { return end }
    guard let wanted = try await wanted() else { return report.failed("Revision '\(wish)' does not exist") }
    if arguments.bool("hard_reset") {
      if report.isTest { return report.planned("Hard reset to HEAD would be performed on \(target.path)") }
      try await repository.output("reset", "--hard", "HEAD")
      report.comments.append("Repository was reset to HEAD before checking out revision")
    }
    return try await checkOut(wanted, commit)
  }

  private mutating func setAddress() async throws -> StateResult? {
    let present = try await repository.remotes()[remoteName]?.fetch
    guard present != target.url.text else { return nil }
    if report.isTest { return report.planned("Remote \(remoteName) would be set to \(target.url.text)") }
    try await repository.setRemote(remoteName, target.url)
    report.comments.append(
      "Remote \(remoteName) updated from '\(present.map(GitText.redacted) ?? "None")' to '\(target.url.text)'")
    return nil
  }

  private mutating func clone() async throws -> StateResult? {
    if let end = try target.makeRoom(isForced: arguments.bool("force_clone"), &report, planned: [:]) { return end }
    let name = target.url.text
    if report.isTest { return report.planned("Repository \(name) would be cloned to \(target.path)") }
    do {
      try await target.clone(["--no-checkout"] + (remoteName == "origin" ? [] : ["--origin", remoteName]))
    } catch let error as GitError { return report.failed(error.text) }
    report.comments.append("\(name) cloned to \(target.path)")
    return nil
  }

  private mutating func fetch() async throws -> StateResult? {
    if report.isTest { return report.planned("Repository remote \(remoteName) would be fetched") }
    do {
      let changes = try await repository.fetch(
        remoteName, isForced: true,
        refspecs: ["refs/heads/*:refs/remotes/\(remoteName)/*", "+refs/tags/*:refs/tags/*"])
      if !changes.isEmpty {
        report.comments.append("Remote \(remoteName) was fetched, resulting in updated refs")
      }
    } catch let error as GitError { return report.failed("Fetch failed:\n\n\(error)") }
    return nil
  }

  /// The commit to check out; nil where there is none.
  private func wanted() async throws -> String? {
    if isHash { return try await repository.commit("\(wish)^{commit}") == nil ? nil : wish }
    for name in ["refs/remotes/\(remoteName)/\(wish)", "refs/tags/\(wish)"] {
      if let commit = try await repository.commit("\(name)^{commit}") { return commit }
    }
    return nil
  }

  private mutating func checkOut(_ wanted: String, _ commit: String?) async throws -> StateResult {
    // The hash that is wished for may be an abbreviated one.
    let isThere = commit.map { isHash ? $0.hasPrefix(wanted) : $0 == wanted } ?? false
    let hasFiles = report.comments.first?.hasSuffix("cloned to \(target.path)") != true
    let old: Value = commit.map(Value.string) ?? .null
    if isThere, hasFiles, try await isDetached() {
      if arguments.bool("submodules"), !report.isTest { try await updateSubmodules() }
      report.comments.append("Already checked out at correct revision")
      return report.done()
    }
    if report.isTest {
      report.changes["HEAD"] = ["old": old, "new": .string(wanted)]
      return report.planned("Commit ID \(wanted) would be checked out at \(target.path)")
    }
    let force = arguments.bool("force_checkout") ? ["--force"] : []
    try await repository.git.output(["checkout", "--detach"] + force + [wanted], in: target.path, isMerged: true)
    report.comments.append("Commit ID \(wanted) was checked out at \(target.path)")
    if arguments.bool("submodules") { try await updateSubmodules() }
    if let new = try await repository.headCommit() { report.changes["HEAD"] = ["old": old, "new": .string(new)] }
    return report.done()
  }

  private func isDetached() async throws -> Bool { try await repository.branch() == "HEAD" }

  private mutating func updateSubmodules() async throws {
    try await repository.output("submodule", "update", "--init", "--recursive")
    report.comments.append("Submodules were updated")
  }
}
