/// What a branch is made to follow.
enum GitTracking {
  struct Step: Sendable {
    var options: [String]
    var comment: String
    /// The comment of a run that changes nothing.
    var plan: String
  }

  /// - Parameter present: what it follows now.
  /// - Returns: nil where nothing is to be done.
  static func step(from present: String?, to wanted: GitRemoteRevision.Upstream) -> Step? {
    switch (present, wanted) {
    case (nil, .branch(let name)):
      Step(
        options: ["--set-upstream-to", name], comment: "Tracking branch was set to \(name)",
        plan: "Tracking branch would be set to \(name)")
    case (_?, .none):
      Step(
        options: ["--unset-upstream"], comment: "Tracking branch was unset", plan: "Tracking branch would be unset")
    case (let present?, .branch(let name)) where present != name:
      Step(
        options: ["--set-upstream-to", name], comment: "Tracking branch was updated to \(name)",
        plan: "Tracking branch would be updated to \(name)")
    default: nil
    }
  }
}
