import Value

/// A process that runs code from files that were replaced or deleted since it started.
struct StaleProcess: Sendable, Hashable {
  var id: Int
  /// What the kernel calls it; the process may have chosen it.
  var name: String
  var owner: ProcessOwner
  /// Clock ticks between the kernel's start and the process's.
  var startTicks: UInt64
  /// The files, sorted.
  var files: [String]

  var value: Value {
    [
      "pid": .integer(id), "name": .string(name), "kind": .string(owner.kind), "owner": owner.name,
      "files": .strings(files),
    ]
  }

  var text: String { "\(id) (\(name))" }
}
