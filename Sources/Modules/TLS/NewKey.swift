import OpenSSL
import Value

/// A new private key for a certificate, with its PEM.
struct NewKey: Sendable {
  enum KeyType: String, Sendable, CaseIterable {
    /// P-256.
    case ec
    /// 3072 bits.
    case rsa
    case ed25519
  }

  var key: PrivateKey
  var pem: Secret

  init(_ type: KeyType) throws {
    key =
      switch type {
      case .ec: try PrivateKey.generate(.ec(.p256))
      case .rsa: try PrivateKey.generate(.rsa(bits: 3072))
      case .ed25519: try PrivateKey.generate(.ed25519)
      }
    pem = try key.pem()
  }

  /// A stored one.
  init(pem: Secret) throws {
    key = try PrivateKey(pem)
    self.pem = pem
  }
}
