import Functions
import HostSystem
import OrderedCollections
import Value

/// A host that is to be known, and how it is made sure that its key is the right one.
struct KnownHostWish: Sendable {
  /// What became of it.
  enum Outcome {
    case exists([String])
    case updated(old: Value, new: Value)
  }

  let host: String
  let key: String?
  let fingerprint: String?
  let port: Int?
  let type: String?
  let isHashing: Bool
  let timeout: Int

  /// - Parameter name: the argument that names the host.
  init(_ arguments: Arguments, host name: String) throws {
    host = arguments.string(name)
    guard !host.isEmpty else { throw StateRefusal("\(name) argument required") }
    _ = try KnownHosts.checked(host)
    key = arguments.optionalString("key")?.trimmed()
    fingerprint = arguments.optionalString("fingerprint")?.trimmed()
    type = arguments.optionalString("enc")
    isHashing = arguments.bool("hash_known_hosts")
    port = try Self.port(arguments)
    timeout = arguments.int("timeout") ?? 5
    guard (1...600).contains(timeout) else {
      throw FunctionError(.badArguments, "'timeout' is a number of seconds from 1 to 600, not \(timeout).")
    }
    if key != nil, fingerprint != nil { throw StateRefusal("Specify either \"key\" or \"fingerprint\", not both.") }
    if let key {
      guard let type else { throw StateRefusal("Required argument \"enc\" if using \"key\" argument.") }
      _ = try SSHKeyType.full(type)
      guard SSHPublicKey(key) != nil else { throw StateRefusal("'key' is not a public key in base64") }
    }
  }

  static func port(_ arguments: Arguments) throws -> Int? {
    guard let port = arguments.int("port") else { return nil }
    guard (1...65535).contains(port) else {
      throw FunctionError(.badArguments, "'port' is from 1 to 65535, not \(port).")
    }
    return port
  }

  /// `exists`, `add` or `update`, without asking the host.
  func check(_ known: KnownHosts) throws -> String {
    let stored = try known.content()?.entries(of: KnownHosts.name(host, port: port)) ?? []
    guard !stored.isEmpty else { return "add" }
    if let key { return stored.contains { $0.key == key } ? "exists" : "update" }
    if let fingerprint { return try known.hasFingerprint(fingerprint, stored) != nil ? "exists" : "update" }
    return "exists"
  }

  /// Makes it so.
  ///
  /// - Throws: `StateRefusal` with Salt's sentence where the host cannot be asked or shows another key.
  func set(_ known: KnownHosts) async throws -> Outcome {
    if let port, port != 22, isHashing {
      throw StateRefusal("argument port can not be used in conjunction with argument hash_known_hosts")
    }
    let name = try KnownHosts.name(host, port: port)
    var content = try known.content() ?? KnownHostsFile(parsing: [])
    let all = content.entries(of: name)
    let stored = try all.filter { entry in try type.map { try SSHKeyType.isType(entry.type, $0) } ?? true }
    let keys = stored.map(\.key)
    if let key, keys.contains(key) { return .exists(keys) }
    if let fingerprint, try known.hasFingerprint(fingerprint, all) != nil { return .exists(keys) }
    let received = try await entries(name, known)
    // Nothing to compare with: what is known already counts as long as the host shows the same.
    if key == nil, fingerprint == nil, !all.isEmpty, Set(received.map(\.key)) == Set(keys) { return .exists(keys) }
    try known.context.stopIfTest("write the key of \(host) to \(known.file.path)")
    _ = content.remove(name) { entry in
      (try? type.map { try SSHKeyType.isType(entry.type, $0) }) ?? true
    }
    content.append(received)
    if key != nil, isHashing { content.hash() }
    try await known.file.write(content.bytes)
    return .updated(old: try known.value(all), new: try shown(received, known))
  }

  /// The entries to write: the key that is given, or what the host shows and, with a fingerprint, only what has it.
  private func entries(_ name: String, _ known: KnownHosts) async throws -> [KnownHost] {
    if let key, let type { return [KnownHost(names: name, type: try SSHKeyType.full(type), key: key)] }
    let received = try await known.scan(host, port: port, type: type, isHashing: isHashing, timeout: timeout)
    guard !received.isEmpty else { throw StateRefusal("Unable to receive remote host keys") }
    guard let fingerprint else { return received }
    guard let match = try known.hasFingerprint(fingerprint, received) else {
      throw StateRefusal(
        "Remote host public keys found but none of their fingerprints match the one you have provided")
    }
    return [match]
  }

  private func shown(_ hosts: [KnownHost], _ known: KnownHosts) throws -> Value {
    guard let key, let type else { return try known.value(hosts) }
    return [["hostname": .string(host), "enc": .string(type), "key": .string(key)]]
  }
}
