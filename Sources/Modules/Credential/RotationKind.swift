import Value

/// What differs between rotating a password, a key or a certificate; the order of the steps does not.
///
/// Every step is idempotent: after a crash it runs again with the same material.
protocol RotationKind: Sendable {
  /// `unix-password`, `tls`: the name in results and in the ledger.
  var kind: String { get }
  /// What is rotated: the user, the certificate's path.
  var name: String { get }
  /// Whether the new secret leaves the host, sealed to the operators' keys.
  var isSharedWithOperators: Bool { get }
  /// Whether it waits, once staged, for a certificate from outside.
  var awaitsIssue: Bool { get }
  /// What a later `credential.install` needs to go on; public facts only.
  var parameters: [String: String] { get }

  /// Looks without touching: refuses what cannot work, and reads what a rollback needs.
  func plan() async throws -> RotationPlan
  func generate(_ plan: RotationPlan, version: Int) async throws -> RotationMaterial
  func stage(_ material: RotationMaterial) async throws
  func apply(_ material: RotationMaterial) async throws
  func verify(_ material: RotationMaterial) async throws
  /// Called before the ledger's label moves to the new version.
  func commit(_ material: RotationMaterial) async throws
  /// Removes what was kept for a rollback.
  func revokeOld(version: Int) async throws
  func rollBack(_ material: RotationMaterial) async throws
}

extension RotationKind {
  var awaitsIssue: Bool { false }
  var parameters: [String: String] { [:] }
  func commit(_ material: RotationMaterial) async throws {}
}
