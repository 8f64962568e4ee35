import Functions
import HostSystem
import OrderedCollections
import Value

extension GitLatest {
  /// The directory holds no repository yet.
  mutating func clone() async throws -> StateResult {
    let name = target.url.text
    if isTest {
      report.changes["new"] = .string(change)
      return report.planned("Repository \(name) would be cloned to \(target.path)")
    }
    var options = isMirror ? ["--mirror"] : isBare ? ["--bare"] : []
    if remoteName != "origin" { options += ["--origin", remoteName] }
    if let depth { options += ["--depth", String(depth), "--branch", remote.wish] }
    do { try await target.clone(options) } catch let error as GitError {
      return report.failed("Clone failed: \(error.text)")
    }
    report.changes["new"] = .string(change)
    report.comments.append(
      "\(name) cloned to \(target.path)\(isMirror ? " as mirror" : isBare ? " as bare repository" : "")")
    if !isBare, remote.commit != nil, let end = try await settle() { return end }
    if hasSubmodules, remote.commit != nil, let end = try await updateSubmodules() { return end }
    if let commit = try await repository.headCommit() { report.changes["revision"] = Self.revision(nil, commit) }
    return report.done()
  }

  /// Has the fresh clone on the wanted branch and commit.
  private mutating func settle() async throws -> StateResult? {
    guard let commit = remote.commit else { return nil }
    if remote.kind == .tag, try await !repository.tags().contains(remote.wish) {
      return report.failed("Revision '\(remote.wish)' does not exist in clone")
    }
    if let branch, try await !repository.branches().contains(branch) {
      try await repository.output("checkout", "-b", branch, startingPoint)
      report.comments.append("Branch '\(branch)' checked out, with \(remote.location) as a starting point")
    }
    let local = try await repository.headCommit()
    let localBranch = try await repository.branch()
    if localBranch == nil, remote.references["HEAD"] == nil {
      return report.failed(
        "Remote HEAD refers to a ref that does not exist. This can happen when the default branch on the remote "
          + "repository is renamed or deleted. If you are unable to fix the remote repository, you can work around "
          + "this by setting the 'branch' argument (which will ensure that the named branch is created if it does not "
          + "already exist).")
    }
    if !remote.isSame(as: local) {
      try await repository.output("reset", "--hard", commit)
      report.comments.append("Repository was reset to \(remote.location)")
    }
    guard let localBranch else { return nil }
    let present = try await repository.upstream(of: localBranch)
    if let step = GitTracking.step(from: present, to: remote.upstream) {
      try await repository.git.output(["branch"] + step.options, in: target.path)
      report.comments.append(step.comment)
    }
    return nil
  }

  /// What a new branch begins at.
  var startingPoint: String {
    if remote.wish == "HEAD", let commit = remote.commit { return commit }
    return remote.upstream.name ?? remote.wish
  }
}
