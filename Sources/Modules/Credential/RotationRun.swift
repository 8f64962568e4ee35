import Functions
import HostSystem
import OrderedCollections
import Sealing
import Value

/// One going-through of a rotation's actions, with the entry it writes down.
struct RotationRun {
  let driver: RotationDriver
  var entry: RotationEntry
  var material: RotationMaterial?

  init(_ driver: RotationDriver, _ entry: RotationEntry) {
    self.driver = driver
    self.entry = entry
  }

  mutating func carryOn(_ event: Rotation.Event) async throws -> Value {
    // A rotation cut off after the write-ahead re-uses its secret, whoever asks now gets it sealed to their keys.
    if entry.pending != nil, let secret = try? driver.ledger.openPending(entry) {
      material = RotationMaterial(
        version: entry.version, secret: secret, fingerprint: entry.fingerprint, notes: entry.notes)
      try seal(secret)
    }
    var actions = entry.rotation.on(event)[...]
    while let action = actions.popFirst() {
      switch action {
      case .finish(let outcome): return try finish(outcome)
      case .record:
        do { try record() } catch { actions = entry.rotation.on(.recordFailed(Self.reason(error)))[...] }
      case .perform(let step):
        do {
          try await perform(step)
          actions = entry.rotation.on(.done(step))[...]
        } catch {
          actions = entry.rotation.on(.failed(step, "\(step.rawValue): \(Self.reason(error))"))[...]
        }
      }
    }
    throw FunctionError(.failed, "The rotation of \(entry.name) came to no end; this is a fault in Brine.")
  }

  private mutating func perform(_ step: Rotation.Step) async throws {
    driver.context.progress("\(entry.kind) \(entry.name): \(step.rawValue)")
    let kind = driver.kind
    switch step {
    case .generate: try await generate()
    case .stage: try await kind.stage(try needMaterial())
    case .apply: try await kind.apply(try needMaterial())
    case .verify: try await kind.verify(try needMaterial())
    case .commit: try await kind.commit(try needMaterial())
    case .revokeOld: try await kind.revokeOld(version: entry.version)
    case .rollBack: try await kind.rollBack(try needMaterial())
    }
  }

  private mutating func generate() async throws {
    let plan = RotationPlan(previousFingerprint: entry.previousFingerprint, notes: entry.notes)
    var made = try await driver.kind.generate(plan, version: entry.version)
    made.notes.merge(entry.notes) { mine, _ in mine }
    entry.fingerprint = made.fingerprint
    entry.notes = made.notes
    try seal(made.secret)
    entry.pending = try driver.ledger.sealPending(made.secret, for: entry)
    material = made
  }

  private mutating func seal(_ secret: Secret) throws {
    guard driver.kind.isSharedWithOperators else { return }
    for (name, key) in driver.context.sealingKeys {
      entry.sealed[name] = try SealedSecret.seal(secret, to: key)
    }
  }

  private func needMaterial() throws -> RotationMaterial {
    guard let material else {
      throw FunctionError(
        .failed, "The pending secret of \(entry.name) cannot be read again from the ledger.",
        hint: "Check the credential by hand; then move its files out of \(driver.ledger.directory).")
    }
    return material
  }

  private mutating func record() throws {
    let phase = entry.rotation.phase
    var written = entry
    if written.phases.last?.name != phase.rawValue { written.phases.append((phase.rawValue, driver.now())) }
    let isOver = phase == .committed || phase == .oldRevoked || phase == .rolledBack
    if isOver {
      written.pending = nil
      written.notes = [:]
    }
    if phase == .committed { written.rotatedAt = driver.now() }
    // A secret that never came into force must not look like one that an operator can use.
    if phase == .rolledBack { written.sealed = [:] }
    try driver.ledger.record(written)
    entry = written
    if isOver { driver.ledger.forgetPending(entry) }
  }

  private func finish(_ outcome: Rotation.Outcome) throws -> Value {
    switch outcome {
    case .rotated: return entry.result("rotated")
    case .awaitingIssue:
      var result = entry.result("staged").mapValue ?? [:]
      result["csr"] = entry.notes["csr"].map(Value.string) ?? .null
      return .map(result)
    case .rolledBack(let reason):
      throw FunctionError(
        .failed, "The rotation of \(entry.name) was rolled back, the old credential is in force: \(reason)",
        hint: "Nothing else is to undo. Cure the cause and rotate again.")
    case .orphaned(let reason):
      throw FunctionError(
        .failed, "The rotation of \(entry.name) is ORPHANED, a person must act: \(reason)",
        hint: "`credential.status` shows its state; when the cause is cured, rotate again with retry=True.")
    }
  }

  private static func reason(_ error: any Error) -> String {
    if let error = error as? FunctionError { return error.message }
    return String(describing: error)
  }
}
