import SwiftASN1
import X509

extension Certificate {
  func derBytes() throws -> [UInt8] {
    var serializer = DER.Serializer()
    try serializer.serialize(self)
    return serializer.serializedBytes
  }

  /// SHA-256 of the whole certificate, `AB:CD:…`, as openssl and browsers show it.
  func fingerprint(_ digest: FingerprintDigest = .sha256) throws -> String { digest.fingerprint(try derBytes()) }
}
