import Value

/// The new credential while it is on its way.
struct RotationMaterial: Sendable {
  var version: Int
  var secret: Secret
  /// Empty as long as a certificate is still to be issued.
  var fingerprint: String
  /// What later steps and a rollback need again after a crash (hashes, certificates): in the ledger until the commit.
  var notes: [String: String]
}
