import Functions

@testable import Modules

/// A rotation whose verification never succeeds.
struct FailingVerification: RotationKind {
  let base: UnixPasswordRotation
  init(_ base: UnixPasswordRotation) { self.base = base }

  var kind: String { base.kind }
  var name: String { base.name }
  var isSharedWithOperators: Bool { true }
  func plan() async throws -> RotationPlan { try await base.plan() }
  func generate(_ plan: RotationPlan, version: Int) async throws -> RotationMaterial {
    try await base.generate(plan, version: version)
  }
  func stage(_ material: RotationMaterial) async throws { try await base.stage(material) }
  func apply(_ material: RotationMaterial) async throws { try await base.apply(material) }
  func verify(_ material: RotationMaterial) async throws { throw FunctionError(.failed, "it does not work") }
  func revokeOld(version: Int) async throws {}
  func rollBack(_ material: RotationMaterial) async throws { try await base.rollBack(material) }
}
