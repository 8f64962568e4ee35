import OrderedCollections
import Value

extension RotationEntry {
  /// As the ledger's file holds it.
  var encoded: Value {
    [
      "kind": .string(kind), "name": .string(name), "version": .integer(version),
      "phase": .string(rotation.phase.rawValue), "failure": rotation.failure.map(Value.string) ?? .null,
      "attempts": .integer(rotation.attempts), "awaiting_issue": .bool(rotation.isAwaitingIssue),
      "committed": .bool(rotation.isCommitted), "fingerprint": .string(fingerprint),
      "previous_fingerprint": previousFingerprint.map(Value.string) ?? .null, "started_at": .int(startedAt),
      "rotated_at": rotatedAt.map(Value.int) ?? .null, "job_id": .string(jobID),
      "phases": .list(phases.map { ["phase": .string($0.name), "at": .int($0.at)] }),
      "sealed": Self.value(sealed), "parameters": Self.value(parameters),
      "pending": pending.map(Value.string) ?? .null, "notes": Self.value(notes), "history": .list(history),
    ]
  }

  /// Nil when the file is not one of ours.
  init?(encoded value: Value) {
    guard let kind = value["kind"]?.stringValue, let name = value["name"]?.stringValue,
      let version = value["version"]?.intValue.flatMap({ Int(exactly: $0) }),
      let phase = value["phase"]?.stringValue.flatMap(Rotation.Phase.init),
      let startedAt = value["started_at"]?.intValue
    else { return nil }
    let rotation = Rotation(
      phase: phase, failure: value["failure"]?.stringValue, attempts: value["attempts"]?.intValue.map { Int($0) } ?? 0,
      isAwaitingIssue: value["awaiting_issue"]?.boolValue ?? false,
      isCommitted: value["committed"]?.boolValue ?? false)
    self.init(
      kind: kind, name: name, version: version, rotation: rotation,
      fingerprint: value["fingerprint"]?.stringValue ?? "",
      previousFingerprint: value["previous_fingerprint"]?.stringValue, startedAt: startedAt,
      rotatedAt: value["rotated_at"]?.intValue, jobID: value["job_id"]?.stringValue ?? "")
    phases = (value["phases"]?.listValue ?? []).compactMap { item in
      guard let name = item["phase"]?.stringValue, let at = item["at"]?.intValue else { return nil }
      return (name, at)
    }
    sealed = Self.strings(value["sealed"])
    parameters = Self.strings(value["parameters"])
    pending = value["pending"]?.stringValue
    notes = Self.strings(value["notes"])
    history = value["history"]?.listValue ?? []
  }

  private static func strings(_ value: Value?) -> [String: String] {
    var result: [String: String] = [:]
    for (key, value) in value?.mapValue ?? [:] {
      if let key = key.stringValue, let value = value.stringValue { result[key] = value }
    }
    return result
  }
}
