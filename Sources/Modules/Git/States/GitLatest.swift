import Functions
import HostSystem
import OrderedCollections
import Value

/// One `git.latest`.
struct GitLatest {
  /// What is to be done with changes that were made here.
  enum ForcedReset: Sendable { case no, always, remoteChanges }

  let context: StateContext
  let target: GitTarget
  let remoteName: String
  let branch: String?
  let isBare: Bool
  let isMirror: Bool
  let updatesHead: Bool
  let forcesCheckout: Bool
  let forcesClone: Bool
  let forcesFetch: Bool
  let forcedReset: ForcedReset
  let hasSubmodules: Bool
  let syncsTags: Bool
  let depth: Int?
  let refspecs: [String]
  let remote: GitRemoteRevision
  var report: GitReport

  var repository: GitRepository { target.repository }
  var isTest: Bool { context.isTest }
  var change: String { "\(target.url.text) => \(target.path)" }

  init(_ arguments: Arguments, _ context: StateContext) async throws {
    self.context = context
    guard arguments.isGiven("remote"), arguments["remote"] != "" else {
      throw StateRefusal("'remote' argument is required")
    }
    let wish = arguments.string("rev")
    guard !wish.isEmpty else { throw StateRefusal("'\(wish)' is not a valid value for the 'rev' argument") }
    _ = try GitText.word(wish, "rev")
    forcedReset =
      switch arguments["force_reset"] {
      case .bool(true): .always
      case .bool(false), .null: .no
      case "remote-changes": .remoteChanges
      default: throw StateRefusal("'force_reset' must be one of True, False, or 'remote-changes'")
      }
    remoteName = try GitText.word(arguments.string("remote"), "remote")
    branch = try arguments.optionalString("branch").map { (text) throws(FunctionError) in
      try GitText.word(text, "branch")
    }
    target = try await GitTarget(arguments, context)
    isMirror = arguments.bool("mirror")
    isBare = arguments.bool("bare") || isMirror
    guard wish == "HEAD" || !isBare else {
      throw StateRefusal("'rev' is not compatible with the 'mirror' and 'bare' arguments")
    }
    updatesHead = arguments.bool("update_head")
    forcesCheckout = arguments.bool("force_checkout")
    forcesClone = arguments.bool("force_clone")
    forcesFetch = arguments.bool("force_fetch")
    hasSubmodules = arguments.bool("submodules")
    syncsTags = arguments.bool("sync_tags")
    depth = arguments.int("depth")
    let (branches, tags) = (arguments.string("refspec_branch"), arguments.string("refspec_tag"))
    refspecs =
      arguments.bool("fetch_tags")
      ? ["refs/heads/\(branches):refs/remotes/\(remoteName)/\(branches)", "+refs/tags/\(tags):refs/tags/\(tags)"] : []
    do {
      let references = try await GitRepository.references(target.repository.git, target.url.text, in: nil)
      remote = GitRemoteRevision(wish, remote: remoteName, references: references, isBare: isBare)
    } catch let error as GitError {
      throw StateRefusal("Failed to check remote refs: \(error.text)")
    }
    guard depth == nil || remote.kind == .branch || remote.kind == .tag else {
      throw StateRefusal(
        "When 'depth' is used, 'rev' must be set to the name of a branch or tag on the remote repository")
    }
    guard remote.commit != nil || isBare || wish == "HEAD" else {
      throw StateRefusal("No revision matching '\(wish)' exists in the remote repository")
    }
    report = GitReport(isTest: context.isTest)
  }

  mutating func run() async throws -> StateResult {
    do {
      if try await repository.isRepository(isBare: isBare) {
        return isBare ? try await fetchBare() : try await update()
      }
      let planned: ValueMap = ["forced clone": true, "new": .string(change)]
      if let end = try target.makeRoom(isForced: forcesClone, &report, planned: planned) { return end }
      return try await clone()
    } catch let error as GitError {
      return report.failed(error.text)
    }
  }

  // MARK: Bare repositories

  private mutating func fetchBare() async throws -> StateResult {
    let before = try await repository.headCommit()
    let comment = "Bare repository at \(target.path)"
    if isTest { return report.upToDate(target.path, actions: ["\(comment) would be fetched"]) }
    let changes: ValueMap
    do { changes = try await fetch() } catch let error as GitError { return failedFetch(error) }
    report.comments.append("\(comment) was fetched\(changes.isEmpty ? "" : ", resulting in updated refs")")
    return finished(before, try await repository.headCommit())
  }

  // MARK: What updates and clones have in common

  func fetch() async throws -> ValueMap {
    try await repository.fetch(remoteName, isForced: forcesFetch, refspecs: refspecs)
  }

  func failedFetch(_ error: GitError) -> StateResult {
    report.failed(
      "Fetch failed. Set 'force_fetch' to True to force the fetch if the failure was due to not being able to "
        + "fast-forward. Output of the fetch command follows:\n\n\(error.text)")
  }

  func updateSubmodules() async throws -> StateResult? {
    do {
      try await repository.output("submodule", "update", "--init", "--recursive")
      return nil
    } catch let error as GitError { return report.failed("Failed to update submodules: \(error.text)") }
  }

  mutating func finished(_ before: String?, _ after: String?) -> StateResult {
    guard before != after else { return report.upToDate(target.path) }
    report.changes["revision"] = Self.revision(before, after)
    return report.done()
  }

  static func revision(_ old: String?, _ new: String?) -> Value {
    ["old": old.map(Value.string) ?? .null, "new": new.map(Value.string) ?? .null]
  }
}
