/// What was found before a rotation started.
struct RotationPlan: Sendable {
  /// The fingerprint of what is in force now; nil when there is nothing.
  var previousFingerprint: String?
  /// What a rollback puts back; kept in the ledger until the commit and never in a result.
  var notes: [String: String]
}
