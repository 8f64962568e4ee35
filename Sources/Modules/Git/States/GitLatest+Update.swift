import Functions
import HostSystem
import OrderedCollections
import Value

extension GitLatest {
  /// What the checkout is like before anything is done.
  struct Local: Sendable {
    var branches: [String]
    var tags: Set<String>
    var remotes: OrderedDictionary<String, GitRepository.Remote>
    var commit: String?
    var branch: String?
    /// From where the branch that is wanted goes on.
    var base: String?
    var baseBranch: String?
    var hasChanges: Bool
    var isSame: Bool
    var upstream: String?
    var hasRemoteCommit = false
    var isFastForward: Bool?
  }

  func needsBranch(_ local: Local) -> Bool { branch != nil && branch != local.branch }

  /// The directory holds a checkout.
  mutating func update() async throws -> StateResult {
    var local = try await look()
    guard remote.commit != nil || local.commit == nil else {
      return report.failed("Remote repository is empty, cannot update from a non-empty to an empty repository")
    }
    if let branch, needsBranch(local) {
      if local.branches.contains(branch) {
        local.baseBranch = branch
        guard let base = try await repository.commit("\(branch)^{commit}") else {
          return report.failed("Unable to get position of local branch '\(branch)'")
        }
        local.base = base
      } else {
        local.base = remote.commit
      }
    }
    if local.hasChanges, local.isSame {
      guard forcedReset == .always else { return report.upToDate(target.path, hasLocalChanges: true) }
      if isTest {
        report.changes["forced update"] = true
        return report.planned(
          "\(target.path) is up-to-date, but with uncommitted changes. Since 'force_reset' is set to True, these local "
            + "changes would be reset. To only reset when there are changes in the remote repository, set 'force_reset' "
            + "to 'remote-changes'.")
      }
    }
    if let end = try await findCommit(&local) { return end }
    if let base = local.baseBranch { local.upstream = try await repository.upstream(of: base) }
    if let end = try await setAddress(local) { return end }
    guard remote.commit != nil else { return finished(local.commit, try await repository.headCommit()) }
    return isTest ? plan(local) : try await apply(local)
  }

  private func look() async throws -> Local {
    let commit = try await repository.headCommit()
    let branch = try await repository.branch()
    return Local(
      branches: try await repository.branches(), tags: Set(try await repository.tags()),
      remotes: try await repository.remotes(), commit: commit, branch: branch, base: commit, baseBranch: branch,
      hasChanges: try await repository.hasChanges(), isSame: remote.isSame(as: commit))
  }

  /// Looks whether the wanted commit is here already, and whether it can be reached without losing anything.
  private mutating func findCommit(_ local: inout Local) async throws -> StateResult? {
    local.isFastForward = local.hasChanges && forcedReset != .remoteChanges ? false : nil
    guard let commit = remote.commit else { return nil }
    if remote.kind == .commit, local.base?.hasPrefix(commit) == true {
      local.hasRemoteCommit = true
    } else if try await repository.commit("\(commit)^{commit}") != nil {
      switch remote.kind {
      case .branch:
        if local.remotes[remoteName] != nil, let name = remote.upstream.name {
          local.hasRemoteCommit = try await repository.commit(name) == commit
        }
      case .tag where local.tags.contains(remote.wish):
        let tagged = try await repository.commit("\(remote.wish)^{commit}")
        local.hasRemoteCommit = tagged == commit
        if tagged != commit, forcedReset == .no {
          return report.failed(
            "'\(remote.wish)' is a tag, but the remote SHA1 for this tag (\(GitText.short(commit))) doesn't match the "
              + "local SHA1 (\(GitText.short(tagged))). Set 'force_reset' to True to force this update.")
        }
      case .commit: local.hasRemoteCommit = true
      default: break
      }
    }
    if local.hasRemoteCommit {
      if isHeadKept(local) { return keptHead(local) }
      if local.isFastForward != false { local.isFastForward = try await reaches(commit, from: local.base) }
    }
    guard local.isFastForward == false, forcedReset == .no else { return nil }
    return notFastForward(local)
  }

  func reaches(_ commit: String, from base: String?) async throws -> Bool {
    guard let base else { return true }
    return try await repository.isAncestor(base, of: commit)
  }

  func isHeadKept(_ local: Local) -> Bool {
    !local.isSame && !updatesHead && (branch == nil || branch == local.branch)
  }

  func keptHead(_ local: Local) -> StateResult {
    report.done(
      "\(remote.subject) is already present and local HEAD (\(GitText.short(local.commit))) does not match, but "
        + "update_head=False. HEAD has not been updated locally.")
  }

  func notFastForward(_ local: Local) -> StateResult {
    var hint = ""
    if branch == nil {
      let here = local.branch ?? "None"
      if remote.wish != "HEAD" {
        if local.branch != remote.wish {
          hint =
            " The desired rev (\(remote.wish)) differs from the name of the local branch (\(here)), if the desired rev "
            + "is a branch name then a forced update could possibly be avoided by setting the 'branch' argument to "
            + "'\(remote.wish)' instead."
        }
      } else if let usual = remote.defaultBranch, local.branch != usual {
        hint =
          " The default remote branch (\(usual)) differs from the local branch (\(here)). This could be caused by "
          + "changing the default remote branch, or if the local branch was manually changed. Rather than forcing an "
          + "update, it may be advisable to set the 'branch' argument to '\(usual)' instead. To ensure that this state "
          + "follows the '\(usual)' branch instead of the remote HEAD, set the 'rev' argument to '\(usual)'."
      }
    }
    let (old, new) = (GitText.short(local.base), GitText.short(remote.commit))
    let way = local.hasChanges && old != new ? "from \(old) to \(new)" : "to \(new)"
    let after = needsBranch(local) ? " (after checking out local branch '\(branch ?? "")')" : ""
    let reason = local.hasChanges ? "there are uncommitted changes" : "this is not a fast-forward merge"
    return report.failed(
      "Repository would be updated \(way)\(after), but \(reason). Set 'force_reset' to True"
        + "\(local.hasChanges ? " (or 'remote-changes')" : "") to force this update"
        + "\(local.hasChanges ? " and discard these changes" : "").\(hint)")
  }

  /// Has the remote's address as it is wanted.
  private mutating func setAddress(_ local: Local) async throws -> StateResult? {
    let present = local.remotes[remoteName]?.fetch
    guard remote.commit != nil, present != target.url.text else { return nil }
    let change =
      "changed from \(present.map(GitText.redacted) ?? "None") to \(target.url.text)"
    guard isTest else {
      try await repository.setRemote(remoteName, target.url)
      if present == nil {
        report.comments.append("Remote '\(remoteName)' set to \(target.url.text)")
        report.changes["new"] = .string("\(target.url.text) => \(remoteName)")
      } else {
        report.comments.append("Remote '\(remoteName)' \(change)")
      }
      return nil
    }
    var actions = ["Remote '\(remoteName)' would be \(change)"]
    if !local.hasRemoteCommit { actions.append("Remote would be fetched") }
    if !local.isSame, updatesHead {
      report.changes["revision"] = Self.revision(local.commit, remote.commit)
      if local.isFastForward == false { report.changes["forced update"] = true }
      actions.append("Repository would be \(mergeAction(local)) to \(GitText.short(remote.commit))")
    }
    if !report.changes.isEmpty { return report.planned(GitReport.joined(actions)) }
    if !local.isSame { return report.done(GitReport.joined(actions)) }
    return report.upToDate(target.path, actions: actions)
  }

  func mergeAction(_ local: Local) -> String {
    switch local.isFastForward {
    case false?: "hard-reset"
    case true?: "fast-forwarded"
    case nil: "updated"
    }
  }
}
