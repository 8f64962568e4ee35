import Functions
import Hashing
import HostSystem
import OrderedCollections
import Targeting
import Value

/// One line of ssh_known_hosts (sshd(8)): names or one hashed name, type, key.
struct KnownHost: Sendable, Hashable {
  /// `@cert-authority` or `@revoked`.
  var marker: String?
  var names: String
  var type: String
  var key: String
  var comment = ""

  init(names: String, type: String, key: String) {
    self.names = names
    self.type = type
    self.key = key
  }

  /// Nil for comments, empty lines and what is no entry.
  init?(line: String) {
    var words = line.fields()
    guard let first = words.first, !first.hasPrefix("#") else { return nil }
    if first.hasPrefix("@") { marker = words.removeFirst() }
    guard words.count >= 3, SSHPublicKey(words[2]) != nil else { return nil }
    names = words[0]
    type = words[1]
    key = words[2]
    comment = words.dropFirst(3).joined(separator: " ")
  }

  var line: String {
    ([marker, names, type, key].compactMap { $0 } + [comment]).filter { !$0.isEmpty }.joined(separator: " ")
  }

  var isHashed: Bool { names.hasPrefix("|1|") }

  /// Whether it is of a host: `name`, or `[name]:port` for another port than 22.
  func isOf(_ host: String) -> Bool {
    let host = host.lowercased()
    if isHashed { return Self.isHash(names, of: host) }
    var isFound = false
    for pattern in names.lowercased().split(separator: ",") {
      let isNegated = pattern.hasPrefix("!")
      let text = isNegated ? pattern.dropFirst() : pattern
      guard text == host || HostPattern.matches(host, text) else { continue }
      if isNegated { return false }
      isFound = true
    }
    return isFound
  }

  /// The same entry with a hashed name, one for each name; names with wildcards and marked lines cannot be hashed.
  func hashed() -> [KnownHost] {
    guard !isHashed, marker == nil, !names.contains(where: { "*?!".contains($0) }) else { return [self] }
    return names.lowercased().split(separator: ",").map { name in
      var copy = self
      copy.names = Self.hash(String(name), salt: (0..<20).map { _ in UInt8.random(in: 0...255) })
      return copy
    }
  }

  /// `{hostname, key, enc, fingerprint}`.
  func value(hash: String?) throws(FunctionError) -> Value {
    let print = try SSHPublicKey(key)?.fingerprint(hash) ?? ""
    return ["hostname": .string(names), "key": .string(key), "enc": .string(type), "fingerprint": .string(print)]
  }

  private static func isHash(_ text: String, of host: String) -> Bool {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 4, let salt = Base64.bytes(of: String(parts[2])), salt.count <= 64 else { return false }
    return hash(host, salt: salt) == "|1|\(parts[2])|\(parts[3])"
  }

  /// HMAC-SHA-1 (RFC 2104), as OpenSSH has it; it hides names from those who look, no more.
  private static func hash(_ host: String, salt: [UInt8]) -> String {
    let key = salt + [UInt8](repeating: 0, count: max(0, 64 - salt.count))
    let inner = DigestAlgorithm.sha1.digest(of: key.map { $0 ^ 0x36 } + Array(host.utf8))
    let code = DigestAlgorithm.sha1.digest(of: key.map { $0 ^ 0x5C } + inner)
    return "|1|\(Base64.text(salt))|\(Base64.text(code))"
  }
}
