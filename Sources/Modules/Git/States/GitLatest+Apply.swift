import Functions
import HostSystem
import OrderedCollections
import Value

extension GitLatest {
  /// Brings an existing checkout to the wanted commit.
  mutating func apply(_ given: Local) async throws -> StateResult {
    var local = given
    guard let commit = remote.commit else { return report.upToDate(target.path) }
    // A branch that is made from what it is to follow follows it from the start.
    let isNew = needsBranch(local) && branch.map { !local.branches.contains($0) } ?? false
    let step = isNew ? nil : GitTracking.step(from: local.upstream, to: remote.upstream)
    if step != nil, local.branch == nil {
      return report.failed(
        "Cannot set/unset upstream tracking branch, local HEAD refers to nonexistent branch. This may have been caused "
          + "by cloning a remote repository for which the default branch was renamed or deleted. If you are unable to "
          + "fix the remote repository, you can work around this by setting the 'branch' argument (which will ensure "
          + "that the named branch is created if it does not already exist).")
    }
    try await compareTags(&local)
    if !local.hasRemoteCommit, let end = try await fetch(commit, &local) { return end }
    if let end = try await changeBranch(local) { return end }
    if local.isFastForward == false {
      try await repository.output("reset", "--hard", commit)
      report.changes["forced update"] = true
      if local.hasChanges { report.comments.append("Uncommitted changes were discarded") }
      report.comments.append("Repository was hard-reset to \(remote.location)")
    } else if local.isFastForward == true, local.hasChanges, forcedReset != .no {
      try await repository.output("checkout", "--", ".")
      report.comments.append("Uncommitted changes were discarded")
    }
    if let step {
      try await repository.git.output(["branch"] + step.options, in: target.path)
      report.comments.append(step.comment)
    }
    if local.isFastForward == true, !remote.isSame(as: local.base), let end = try await fastForward(commit) {
      return end
    }
    if hasSubmodules, let end = try await updateSubmodules() { return end }
    let new = try await repository.headCommit()
    guard remote.isSame(as: new) else { return report.failed("Failed to update repository") }
    return finished(local.commit, new)
  }

  /// Removes tags that the remote has not, and notes those that are new.
  private mutating func compareTags(_ local: inout Local) async throws {
    let references = try? await GitRepository.references(
      repository.git, remoteName, in: target.path, options: ["--tags"])
    guard let references else { return }
    let tags = Set(
      references.keys.filter { !$0.hasSuffix("^{}") }.map { $0.replacing("refs/tags/", with: "") })
    guard tags != local.tags else { return }
    local.hasRemoteCommit = false
    let new = tags.subtracting(local.tags).sorted()
    if !new.isEmpty { report.changes["new_tags"] = .strings(new) }
    guard syncsTags else { return }
    var deleted: [String] = []
    for tag in local.tags.subtracting(tags).sorted() where !tag.hasPrefix("-") {
      do {
        try await repository.output("tag", "-d", tag)
        deleted.append(tag)
      } catch let error as GitError {
        report.warnings.append("Failed to remove local tag '\(tag)':\n\n\(error)\n\n")
      }
    }
    guard !deleted.isEmpty else { return }
    report.changes["deleted_tags"] = .strings(deleted)
    report.comments.append(
      "The following tags were removed from the local checkout: \(deleted.joined(separator: ", "))")
  }

  private mutating func fetch(_ commit: String, _ local: inout Local) async throws -> StateResult? {
    do {
      if try await !fetch().isEmpty {
        report.comments.append("\(target.url.text) was fetched, resulting in updated refs")
      }
    } catch let error as GitError { return failedFetch(error) }
    guard try await repository.commit("\(commit)^{commit}") != nil else {
      return report.failed(
        "Fetch did not successfully retrieve rev '\(remote.wish)' from \(target.url.text)")
    }
    if isHeadKept(local) { return keptHead(local) }
    local.isFastForward = try await reaches(commit, from: local.base)
    let isRefused = forcedReset == .no && (local.isFastForward == false || local.hasChanges)
    return isRefused ? notFastForward(local) : nil
  }

  private mutating func changeBranch(_ local: Local) async throws -> StateResult? {
    guard let branch, needsBranch(local) else { return nil }
    guard !local.hasChanges || forcesCheckout else {
      return report.failed(
        "Local branch '\(local.branch ?? "None")' has uncommitted changes. Set 'force_checkout' to True to discard them "
          + "and proceed.")
    }
    let force = forcesCheckout ? ["--force"] : []
    if local.branches.contains(branch) {
      try await repository.git.output(["checkout"] + force + [branch], in: target.path)
      report.comments.append("'\(branch)' was checked out")
    } else {
      try await repository.git.output(["checkout"] + force + ["-b", branch, startingPoint], in: target.path)
      report.comments.append(
        "New branch '\(branch)' was checked out, with \(remote.location) as a starting point")
    }
    return nil
  }

  private mutating func fastForward(_ commit: String) async throws -> StateResult? {
    guard remote.upstream != .none || remote.wish == "HEAD" else {
      try await repository.output("reset", "--hard", remote.wish)
      report.comments.append("Repository was reset to \(remote.wish) (fast-forward)")
      return nil
    }
    guard try await repository.git.optionalOutput(["symbolic-ref", "--quiet", "HEAD"], in: target.path) != nil else {
      return report.failed("Unable to fast-forward, HEAD is detached")
    }
    try await repository.output("merge", "--ff-only", commit)
    report.comments.append("Repository was fast-forwarded to \(remote.location)")
    return nil
  }
}
