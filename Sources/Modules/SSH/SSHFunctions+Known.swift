import Functions
import HostSystem
import OrderedCollections
import Value

extension SSHFunctions {
  static let known = [getKnown, recvKnown, checkKnown, setKnown, rmKnown, hashKnown]

  private static let host = Parameter.optional("hostname", .string, "The host.")
  private static let file = Parameter.optional(
    "config", .string, "The file; ~/.ssh/known_hosts of the user, /etc/ssh/ssh_known_hosts without one.")
  private static let port = Parameter.optional("port", .int, "The port of its SSH server, where it is not 22.")
  private static let knownType = Parameter.optional("enc", .string, "The type of key: ed25519, ecdsa, ssh-rsa.")
  private static let hashing = Parameter.optional(
    "hash_known_hosts", .bool, default: true, "Whether host names are hashed.")
  private static let timeout = Parameter.optional("timeout", .int, default: 5, "Seconds to wait for the host.")

  private static let getKnown = known(
    "ssh.get_known_host_entries", "The entries of a host in a known_hosts file.",
    details: """
      A list of `{hostname, key, enc, fingerprint}`, or None.

      Example: `brine run '*' ssh.get_known_host_entries root git.example.com`
      """,
    effect: .inspect,
    parameters: [
      .required("user", .string, "Whose file; an empty text for the host's own."),
      .required("hostname", .string, "The host."), file, port, hash,
    ]
  ) { arguments, known, _ in
    let name = try KnownHosts.name(arguments.string("hostname"), port: KnownHostWish.port(arguments))
    return try known.value(known.content()?.entries(of: name) ?? [])
  }

  private static let recvKnown = Function.guarded(
    "ssh.recv_known_host_entries", "The keys that a host shows.",
    details: """
      Asked with ssh-keyscan(1): a list of `{hostname, key, enc, fingerprint}`, or None. Nothing says that it is the \
      right host that answers.

      Example: `brine run web1 ssh.recv_known_host_entries git.example.com`
      """,
    effect: .inspect,
    parameters: [.required("hostname", .string, "The host."), knownType, port, hashing, timeout, hash]
  ) { arguments, context in
    let known = try await KnownHosts(
      user: nil, configuration: nil, hash: arguments.optionalString("fingerprint_hash_type"), context)
    return try known.value(
      try await known.scan(
        arguments.string("hostname"), port: KnownHostWish.port(arguments), type: arguments.optionalString("enc"),
        isHashing: arguments.bool("hash_known_hosts"), timeout: min(max(arguments.int("timeout") ?? 5, 1), 600)))
  }

  private static let checkKnown = known(
    "ssh.check_known_host", "What is to be done that a host is known.",
    details: """
      Returns `add`, `update` or `exists`; with neither key nor fingerprint any entry will do.

      Example: `brine run '*' ssh.check_known_host root git.example.com fingerprint=aa:bb:…`
      """,
    effect: .inspect,
    parameters: [
      optionalUser, host, .optional("key", .string, "The key that is to be known."),
      .optional("fingerprint", .string, "The fingerprint of the key."), file, port, hash,
    ]
  ) { arguments, known, _ in
    let name = try KnownHosts.name(hostname(arguments), port: KnownHostWish.port(arguments))
    let stored = try known.content()?.entries(of: name) ?? []
    guard !stored.isEmpty else { return "add" }
    if let key = arguments.optionalString("key") { return stored.contains { $0.key == key } ? "exists" : "update" }
    guard let fingerprint = arguments.optionalString("fingerprint") else { return "exists" }
    return try known.hasFingerprint(fingerprint, stored) != nil ? "exists" : "update"
  }

  private static let setKnown = known(
    "ssh.set_known_host", "Makes a host known.",
    details: """
      Writes the key that is given, or asks the host and writes, with a fingerprint, the key that has it and no other. \
      Returns `{status: exists, keys}`, `{status: updated, old, new}` or `{status: error, error}`.

      Example: `brine run '*' ssh.set_known_host root git.example.com fingerprint=aa:bb:…`
      """,
    effect: .change,
    parameters: [
      optionalUser, host, .optional("fingerprint", .string, "The fingerprint that the key has to have."),
      .optional("key", .string, "The key; needs `enc`."), port, knownType, file, hashing, timeout, hash,
    ]
  ) { arguments, known, _ in
    switch try await KnownHostWish(arguments, host: "hostname").set(known) {
    case .exists(let keys): return ["status": "exists", "keys": .strings(keys)]
    case .updated(let old, let new): return ["status": "updated", "old": old, "new": new]
    }
  }

  private static let rmKnown = known(
    "ssh.rm_known_host", "Makes a host unknown.",
    details: """
      Returns `{status: removed, comment}` or `{status: error, error}`. Revoked keys stay revoked.

      Example: `brine run '*' ssh.rm_known_host root old.example.com`
      """,
    effect: .change, parameters: [optionalUser, host, file, port]
  ) { arguments, known, context in
    let name = try KnownHosts.name(hostname(arguments), port: KnownHostWish.port(arguments))
    return ["status": "removed", "comment": .string(try await remove(name, known, context))]
  }

  private static let hashKnown = known(
    "ssh.hash_known_hosts", "Hashes the host names of a known_hosts file.",
    details: """
      Returns `{status: updated, comment}` or `{status: error, error}`. No copy with the names in clear is left behind.

      Example: `brine run '*' ssh.hash_known_hosts root`
      """,
    effect: .change, parameters: [optionalUser, file]
  ) { _, known, context in
    var content = try existing(known)
    let before = content
    content.hash()
    let comment = "\(known.file.path) updated."
    guard content != before else { return ["status": "updated", "comment": .string(comment)] }
    try context.stopIfTest("hash the host names in \(known.file.path)")
    try await known.file.write(content.bytes)
    return ["status": "updated", "comment": .string(comment)]
  }

  /// What ssh-keygen says of it, without the copy that it leaves.
  static func remove(_ name: String, _ known: KnownHosts, _ context: FunctionContext) async throws -> String {
    var content = try existing(known)
    let places = content.remove(name)
    guard !places.isEmpty else { return "Host \(name) not found in \(known.file.path)" }
    try context.stopIfTest("remove \(name) from \(known.file.path)")
    try await known.file.write(content.bytes)
    return (places.map { "# Host \(name) found: line \($0)" } + ["\(known.file.path) updated."])
      .joined(separator: "\n")
  }

  private static func existing(_ known: KnownHosts) throws -> KnownHostsFile {
    guard let content = try known.content() else {
      throw StateRefusal("Known hosts file \(known.file.path) does not exist")
    }
    return content
  }

  private static func hostname(_ arguments: Arguments) throws -> String {
    guard let host = arguments.optionalString("hostname"), !host.isEmpty else {
      throw StateRefusal("hostname argument required")
    }
    return host
  }

  /// A function whose refusals are `{status: error, error: …}`, as in Salt.
  private static func known(
    _ name: String, _ summary: String, details: String, effect: FunctionEffect, parameters: [Parameter],
    body: @escaping @Sendable (Arguments, KnownHosts, FunctionContext) async throws -> Value
  ) -> Function {
    Function.guarded(name, summary, details: details, effect: effect, parameters: parameters) { arguments, context in
      do {
        let hash =
          parameters.contains { $0.name == "fingerprint_hash_type" }
          ? arguments.optionalString("fingerprint_hash_type") : nil
        let known = try await KnownHosts(
          user: arguments.optionalString("user"), configuration: arguments.optionalString("config"), hash: hash,
          context)
        return try await body(arguments, known, context)
      } catch let refusal as StateRefusal {
        return ["status": "error", "error": .string(refusal.comment)]
      }
    }
  }
}
