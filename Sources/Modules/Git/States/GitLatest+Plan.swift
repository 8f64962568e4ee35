import Functions
import OrderedCollections
import Value

extension GitLatest {
  /// What would be done, under `test=True`.
  mutating func plan(_ local: Local) -> StateResult {
    var actions: [String] = []
    if !local.hasRemoteCommit { actions.append("Remote '\(remoteName)' would be fetched") }
    if !local.isSame, updatesHead || needsBranch(local) {
      report.changes["revision"] = Self.revision(local.commit, remote.commit)
    }
    let new = GitText.short(remote.commit)
    if let branch, needsBranch(local) {
      if local.branches.contains(branch) {
        actions.append("Branch '\(branch)' would be checked out and \(mergeAction(local)) to \(new)")
      } else {
        actions.append(
          "New branch '\(branch)' would be checked out, with \(remote.location) as a starting point")
        if let name = remote.upstream.name { actions.append("Tracking branch would be set to \(name)") }
      }
    } else if !local.isSame {
      let way = "from \(GitText.short(local.commit)) to \(new)"
      if !updatesHead {
        actions.append(
          "Local HEAD (\(GitText.short(local.commit))) does not match \(remote.location) but update_head=False, HEAD "
            + "would not be updated locally")
      } else if local.isFastForward == true {
        actions.append("Repository would be fast-forwarded \(way)")
      } else {
        let action = forcedReset != .no && local.hasRemoteCommit ? "hard-reset" : "updated"
        actions.append("Repository would be \(action) \(way)")
      }
    }
    if let step = GitTracking.step(from: local.upstream, to: remote.upstream) { actions.append(step.plan) }
    if !report.changes.isEmpty { return report.planned(GitReport.joined(actions)) }
    if !local.isSame, !updatesHead, !actions.isEmpty { return report.done(GitReport.joined(actions)) }
    return report.upToDate(target.path, actions: actions)
  }
}
