import Hashing
import Value

/// Fingerprints as ssh-keygen(1) shows them.
enum Fingerprint {
  /// `SHA256:` and base64 without padding.
  static func short(_ key: SSHPublicKey) -> String {
    let text = Base64.text(DigestAlgorithm.sha256.digest(of: key.bytes))
    return "SHA256:\(text.prefix { $0 != "=" })"
  }
}
