import Functions
import HostSystem
import Sealing
import Value

/// Carries out what `Rotation` decides: writes the ledger, runs the kind's steps, tells the machine how they went.
struct RotationDriver: Sendable {
  let kind: any RotationKind
  let context: FunctionContext
  let ledger: RotationLedger
  let now: @Sendable () -> Int64

  init(
    _ kind: any RotationKind, _ context: FunctionContext,
    now: @escaping @Sendable () -> Int64 = { RotationTime.now() }
  ) {
    self.kind = kind
    self.context = context
    self.now = now
    ledger = RotationLedger(context)
  }

  /// Rotates, goes on with a rotation that was cut off, or finds that nothing is to do.
  func rotate(_ request: RotationRequest) async throws -> Value {
    if kind.isSharedWithOperators { try checkSealingKeys() }
    let known = try ledger.entry(kind: kind.kind, name: kind.name)
    if let known, let unchanged = unchangedResult(known, request) { return unchanged }
    if context.isTest { return try await planned(known) }
    // What cannot work is refused before even the ledger's directory is made.
    if known?.rotation.isUnfinished != true { _ = try await kind.plan() }
    try ledger.prepare()
    let lock = try RotationLock(ledger, kind: kind.kind, name: kind.name)
    defer { withExtendedLifetime(lock) {} }
    // Read again under the lock: another worker may have done it meanwhile.
    let entry = try ledger.entry(kind: kind.kind, name: kind.name)
    if let entry, let unchanged = unchangedResult(entry, request) { return unchanged }
    if let entry, entry.rotation.isUnfinished {
      guard entry.parameters["key"] == kind.parameters["key"] else {
        throw FunctionError(
          .badArguments, "A rotation of \(kind.name) with the key \(entry.parameters["key"] ?? "?") is unfinished.",
          hint: "Finish that one first, by rotating with the same key.")
      }
      var run = RotationRun(self, entry)
      return try await run.carryOn(request.isRetry ? .retry : .start)
    }
    let plan = try await kind.plan()
    var next =
      entry?.next(at: now(), jobID: context.jobID)
      ?? RotationEntry(
        kind: kind.kind, name: kind.name, version: 1, rotation: Rotation(), fingerprint: "", startedAt: now(),
        jobID: context.jobID)
    next.rotation = Rotation(isAwaitingIssue: kind.awaitsIssue)
    next.previousFingerprint = plan.previousFingerprint
    next.parameters = kind.parameters
    next.notes = plan.notes
    var run = RotationRun(self, next)
    return try await run.carryOn(.start)
  }

  /// Goes on with a staged rotation whose certificate has come.
  func install(notes: [String: String], fingerprint: String) async throws -> Value {
    try ledger.prepare()
    let lock = try RotationLock(ledger, kind: kind.kind, name: kind.name)
    defer { withExtendedLifetime(lock) {} }
    guard var entry = try ledger.entry(kind: kind.kind, name: kind.name), entry.rotation.isAwaitingIssue,
      entry.rotation.phase == .staged
    else { throw FunctionError(.notFound, "No rotation of \(kind.name) waits for a certificate.") }
    entry.notes.merge(notes) { $1 }
    entry.fingerprint = fingerprint
    var run = RotationRun(self, entry)
    return try await run.carryOn(.issued)
  }

  /// Gives up a staged rotation that waits for its certificate.
  func cancel() async throws -> Value {
    let lock = try RotationLock(ledger, kind: kind.kind, name: kind.name)
    defer { withExtendedLifetime(lock) {} }
    guard let entry = try ledger.entry(kind: kind.kind, name: kind.name), entry.rotation.isAwaitingIssue,
      entry.rotation.phase == .staged
    else { throw FunctionError(.notFound, "No rotation of \(kind.name) waits for a certificate.") }
    var run = RotationRun(self, entry)
    do { return try await run.carryOn(.cancel) } catch {
      guard run.entry.rotation.phase == .rolledBack else { throw error }
      return run.entry.result("cancelled")
    }
  }

  /// Nothing is to do: rotated since the moment asked for, or by this very job (delivered twice).
  private func unchangedResult(_ entry: RotationEntry, _ request: RotationRequest) -> Value? {
    guard entry.rotation.phase == .oldRevoked, let rotatedAt = entry.rotatedAt else { return nil }
    if !context.jobID.isEmpty, entry.jobID == context.jobID { return entry.result("rotated") }
    guard let since = request.since, rotatedAt >= since else { return nil }
    return entry.result("unchanged")
  }

  private func planned(_ known: RotationEntry?) async throws -> Value {
    let isUnfinished = known?.rotation.isUnfinished ?? false
    let plan = isUnfinished ? nil : try await kind.plan()
    let version = (known?.version ?? 0) + (isUnfinished ? 0 : 1)
    return [
      "kind": .string(kind.kind), "name": .string(kind.name), "result": "planned", "version": .integer(version),
      "fingerprint": .null,
      "previous_fingerprint": (plan?.previousFingerprint ?? known?.previousFingerprint).map(Value.string) ?? .null,
      "rotated_at": known?.rotatedAt.map { .string(RotationTime.text($0)) } ?? .null, "sealed": [:],
      "phases": [.string(isUnfinished ? known?.rotation.phase.rawValue ?? "planned" : "planned")],
    ]
  }

  private func checkSealingKeys() throws {
    guard !context.sealingKeys.isEmpty else {
      throw FunctionError(
        .badArguments, "No operator's key was given to seal the new secret to; nothing was done.",
        hint: "An operator makes one with `brine secrets key`; the master sends it with the job.")
    }
    // A key that nothing can be sealed to must be found before the old password is gone.
    for (name, key) in context.sealingKeys {
      do { _ = try SealedSecret.seal(Secret("check"), to: key) } catch {
        throw FunctionError(.badArguments, "Nothing can be sealed to the key of operator '\(name)': \(error.message)")
      }
    }
  }
}
