import Crypto
import CryptoExtras
import SwiftASN1
import X509

/// A new private key for a certificate, with its PEM.
struct NewKey: Sendable {
  enum KeyType: String, Sendable, CaseIterable {
    /// P-256.
    case ec
    /// 3072 bits.
    case rsa
    case ed25519
  }

  var key: Certificate.PrivateKey
  var pem: String

  init(_ type: KeyType) throws {
    key =
      switch type {
      case .ec: Certificate.PrivateKey(P256.Signing.PrivateKey())
      case .rsa: Certificate.PrivateKey(try _RSA.Signing.PrivateKey(keySize: .bits3072))
      case .ed25519: Certificate.PrivateKey(Curve25519.Signing.PrivateKey())
      }
    pem = try key.serializeAsPEM().pemString + "\n"
  }

  /// A stored one.
  init(pem: String) throws {
    key = try Certificate.PrivateKey(pemEncoded: pem)
    self.pem = pem
  }
}
