import HostSystem
import Value

/// Private keys in PEM and in OpenSSH's own form.
enum PrivateKeyText {
  /// Whether a passphrase is needed; nil when it is no private key.
  static func isEncrypted(_ text: String) -> Bool? {
    let lines = text.splitLines().map { $0.trimmed() }
    guard let start = lines.firstIndex(where: { $0.contains("BEGIN ") && $0.contains("PRIVATE KEY") }) else {
      return nil
    }
    if text.contains("ENCRYPTED") { return true }
    guard lines[start].contains("OPENSSH") else { return false }
    // PROTOCOL.key of OpenSSH: a magic word, then the name of the cipher.
    let body = lines[(start + 1)...].prefix { !$0.hasPrefix("-----") }.joined()
    var wire = SSHWire(Base64.bytes(of: body) ?? [])
    guard wire.skip(Array("openssh-key-v1\0".utf8)), let cipher = wire.next() else { return nil }
    return String(decoding: cipher, as: UTF8.self) != "none"
  }
}
