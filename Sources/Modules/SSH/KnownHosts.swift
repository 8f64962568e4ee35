import Functions
import HostSystem
import OrderedCollections
import Value

/// The known hosts of a user, or of the whole host where no user is named.
struct KnownHosts: Sendable {
  static let systemFile = "/etc/ssh/ssh_known_hosts"
  static let userFile = ".ssh/known_hosts"

  let context: FunctionContext
  let file: SSHFile
  /// The hash of the fingerprints that are shown.
  var hash: String?

  /// - Throws: `StateRefusal` with Salt's sentence where there is no such user or no absolute path.
  init(user: String?, configuration: String?, hash: String? = nil, _ context: FunctionContext) async throws {
    self.context = context
    self.hash = hash
    let user = user.flatMap { $0.isEmpty ? nil : $0 }
    let configuration =
      configuration.flatMap { $0.isEmpty ? nil : $0 } ?? (user == nil ? Self.systemFile : Self.userFile)
    var account: PasswordEntry?
    if let user {
      account = try await AccountDatabase(context).user(named: AccountName.existing(user, "user"))
      guard account != nil else { throw StateRefusal("User \(user) does not exist") }
    }
    guard configuration.hasPrefix("/") || account != nil else {
      throw StateRefusal("Cannot determine absolute path to file.")
    }
    let path = PathText.joined([account?.home ?? "/", configuration])
    file = SSHFile(try AbsolutePath.check(path, "config"), of: account, context)
  }

  func content() throws -> KnownHostsFile? { try file.read().map(KnownHostsFile.init(parsing:)) }

  /// `host`, or `[host]:port`.
  static func name(_ host: String, port: Int?) throws(FunctionError) -> String {
    let host = try checked(host)
    guard let port, port != 22 else { return host }
    return "[\(host)]:\(port)"
  }

  /// Null when there are none.
  func value(_ hosts: [KnownHost]) throws -> Value {
    hosts.isEmpty ? .null : .list(try hosts.map { try $0.value(hash: hash) })
  }

  /// Whether one of the entries has a fingerprint: `aa:bb:…`, or `SHA256:…` as ssh-keygen(1) shows it.
  func hasFingerprint(_ wanted: String, _ hosts: [KnownHost]) throws -> KnownHost? {
    try hosts.first { host in
      guard let key = SSHPublicKey(host.key) else { return false }
      if wanted.hasPrefix("SHA256:") { return Fingerprint.short(key) == wanted }
      return try key.fingerprint(hash) == wanted.lowercased()
    }
  }

  /// What a host shows as its keys; empty when it cannot be reached.
  func scan(_ host: String, port: Int?, type: String?, isHashing: Bool, timeout: Int) async throws -> [KnownHost] {
    guard context.commands.which("ssh-keyscan") != nil else {
      throw FunctionError(.unavailable, "There is no ssh-keyscan here.", hint: "It comes with openssh-client(s).")
    }
    var words = ["ssh-keyscan"]
    if let port { words += ["-p", String(port)] }
    if let type { words += ["-t", try SSHKeyType.scanned(type)] }
    if isHashing { words.append("-H") }
    words += ["-T", String(timeout), "--", try Self.checked(host)]
    // A host that has just been started often answers the second time only.
    for _ in 0..<5 {
      var command = Command(words)
      command.environment = ["LC_ALL": "C.UTF-8"]
      command.timeout = .seconds(timeout * 4 + 10)
      command.outputLimit = 1 << 20
      let result = try await context.commands.run(command)
      let hosts = try result.outputLines.compactMap(KnownHost.init(line:)).filter { found in
        try type.map { try SSHKeyType.isType(found.type, $0) } ?? true
      }
      guard hosts.isEmpty, result.standardOutput.isEmpty, result.standardError.isEmpty else { return hosts }
    }
    return []
  }

  /// Names and addresses; nothing that ssh-keyscan could take for an option, a pattern or a list.
  static func checked(_ host: String) throws(FunctionError) -> String {
    let isName = host.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "._-:%".utf8.contains(byte) || byte >= 0x80
    }
    guard isName, !host.isEmpty, !host.hasPrefix("-"), host.utf8.count <= 255 else {
      throw FunctionError(.badArguments, "'\(host)' is not the name or address of a host.")
    }
    return host
  }
}
