import HostSystem

/// The lines of an authorized_keys file; those that are no keys stay as they are.
struct AuthorizedKeysFile: Sendable, Hashable {
  private(set) var lines: [String]

  init(parsing bytes: [UInt8]) { lines = String(decoding: bytes, as: UTF8.self).splitLines() }

  var bytes: [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

  /// All keys in order whose text is base64.
  var keys: [AuthorizedKey] {
    lines.compactMap(AuthorizedKey.init(line:)).filter { SSHPublicKey($0.key) != nil }
  }

  /// Where a key stands twice, the last line counts, as in Salt.
  func entry(for key: String) -> AuthorizedKey? { keys.last { $0.key == key } }

  /// Puts the new line in place of all that hold the key, or at the end.
  mutating func set(_ key: AuthorizedKey) {
    var isSet = false
    lines = lines.compactMap { line in
      guard AuthorizedKey(line: line)?.key == key.key else { return line }
      defer { isSet = true }
      return isSet ? nil : key.line
    }
    if !isSet { lines.append(key.line) }
  }

  /// Whether there was one.
  mutating func remove(_ key: String) -> Bool {
    let count = lines.count
    lines.removeAll { AuthorizedKey(line: $0)?.key == key }
    return lines.count < count
  }
}
