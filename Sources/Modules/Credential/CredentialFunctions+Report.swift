import Functions
import OrderedCollections
import Value

extension CredentialFunctions {
  static let list = Function(
    "credential.list", "Lists what was rotated on this host, when, and what is unfinished.",
    details: """
      Returns `{rotations: [{kind, name, version, phase, fingerprint, previous_fingerprint, started_at, rotated_at}], \
      orphaned: [name], unreadable: [path]}`. A rotation that needs a person has `orphaned: True` and `failure`, and its \
      name stands in `orphaned`.

      Example: `brine run '*' credential.list`.
      """,
    effect: .read
  ) { _, context in
    let found = RotationLedger(context).entries()
    let orphaned = found.entries.filter { $0.rotation.phase == .orphaned }.map(\.name)
    return [
      "rotations": .list(found.entries.map(\.summary)), "orphaned": .strings(orphaned),
      "unreadable": .strings(found.unreadable),
    ]
  }

  static let status = Function(
    "credential.status", "Tells how far the rotation of a credential is, with its phases, history and sealed secret.",
    details: """
      Returns a list with one map for each kind that the name is known under: what `credential.list` has of it, and \
      `phases: [{phase, at}]`, `sealed: {operator: text}`, `history`, and `csr` while it waits for a certificate. The \
      sealed texts are those of the newest version, so that a lost result does not lose a password.

      Example: `brine run web1 credential.status deploy`.
      """,
    effect: .read, parameters: [.required("name", .string, "The account, or the certificate's path.")]
  ) { arguments, context in
    let name = arguments.string("name")
    let entries = RotationLedger(context).entries().entries.filter { $0.name == name }
    guard !entries.isEmpty else {
      throw FunctionError(
        .notFound, "'\(name)' was never rotated on this host.", hint: "`credential.list` has what was.")
    }
    return .list(entries.map(full))
  }

  private static func full(_ entry: RotationEntry) -> Value {
    var map = entry.summary.mapValue ?? [:]
    map["phases"] = .list(entry.phases.map { ["phase": .string($0.name), "at": .string(RotationTime.text($0.at))] })
    map["sealed"] = RotationEntry.value(entry.sealed)
    map["history"] = .list(entry.history)
    if entry.rotation.isAwaitingIssue { map["csr"] = entry.notes[TLSRotation.Note.request].map(Value.string) ?? .null }
    return .map(map)
  }
}
