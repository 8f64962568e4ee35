import OrderedCollections
import Value

/// What the ledger holds of one credential: its newest rotation, and in short the ones before.
struct RotationEntry: Sendable {
  var kind: String
  var name: String
  var version: Int
  var rotation: Rotation
  var fingerprint: String
  var previousFingerprint: String?
  var startedAt: Int64
  /// When the newest version was committed; carried on from before while a new rotation is under way.
  var rotatedAt: Int64?
  var jobID: String
  /// The phases gone through, in order, with their times.
  var phases: [(name: String, at: Int64)] = []
  /// The new secret by operator, sealed; kept after the commit, or a lost result would lose the password.
  var sealed: [String: String] = [:]
  /// What `credential.install` needs; public facts.
  var parameters: [String: String] = [:]
  /// The new secret sealed to this host's key for this one rotation; gone after the commit.
  var pending: String?
  /// What later steps and a rollback need; gone after the commit.
  var notes: [String: String] = [:]
  /// Earlier rotations, newest first.
  var history: [Value] = []

  static let historyLimit = 20
}

extension RotationEntry {
  /// The entry of the next rotation of the same credential.
  func next(at now: Int64, jobID: String) -> RotationEntry {
    var entry = RotationEntry(
      kind: kind, name: name, version: version + 1, rotation: Rotation(), fingerprint: "", startedAt: now,
      rotatedAt: rotatedAt, jobID: jobID)
    entry.history = Array(([summary] + history).prefix(Self.historyLimit))
    return entry
  }

  /// The line of `credential.list` and of the history.
  var summary: Value {
    var map: ValueMap = [
      "kind": .string(kind), "name": .string(name), "version": .integer(version),
      "phase": .string(rotation.phase.rawValue), "fingerprint": .string(fingerprint),
      "previous_fingerprint": previousFingerprint.map(Value.string) ?? .null,
      "started_at": .string(RotationTime.text(startedAt)),
      "rotated_at": rotatedAt.map { .string(RotationTime.text($0)) } ?? .null,
    ]
    if let failure = rotation.failure { map["failure"] = .string(failure) }
    if rotation.phase == .orphaned { map["orphaned"] = true }
    if rotation.isAwaitingIssue, rotation.phase == .staged { map["awaiting"] = "certificate" }
    return .map(map)
  }

  /// What a function returns of a rotation: fingerprints, version, times and sealed texts, never the secret.
  func result(_ word: String) -> Value {
    [
      "kind": .string(kind), "name": .string(name), "result": .string(word), "version": .integer(version),
      "fingerprint": .string(fingerprint),
      "previous_fingerprint": previousFingerprint.map(Value.string) ?? .null,
      "rotated_at": rotatedAt.map { .string(RotationTime.text($0)) } ?? .null,
      "sealed": Self.value(sealed), "phases": .strings(phases.map(\.name)),
    ]
  }

  static func value(_ map: [String: String]) -> Value {
    .map(ValueMap(uniqueKeysWithValues: map.sorted { $0.key < $1.key }.map { (.string($0.key), .string($0.value)) }))
  }
}
