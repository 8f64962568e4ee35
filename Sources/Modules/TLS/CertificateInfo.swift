import OrderedCollections
import SwiftASN1
import Value
import X509

/// What `tls.cert_info` returns of a certificate: Salt's keys.
enum CertificateInfo {
  static func map(_ certificate: Certificate, digest: FingerprintDigest = .sha256) throws -> ValueMap {
    var map: ValueMap = [
      "fingerprint": .string(try certificate.fingerprint(digest)),
      "subject": CertificateNames.map(certificate.subject), "issuer": CertificateNames.map(certificate.issuer),
      "serial_number": serialNumber(certificate), "not_before": .int(certificate.notBeforeSeconds),
      "not_after": .int(certificate.notAfterSeconds), "extensions": CertificateExtensions.map(certificate),
    ]
    if let names = try? certificate.extensions.subjectAlternativeNames {
      map["subject_alt_names"] = .strings(CertificateNames.bare(names))
    }
    map["signature_algorithm"] = .string(signatureAlgorithm(certificate))
    return map
  }

  /// An integer where 64 bits hold it, else its decimal digits as a string: serial numbers have up to 160 bits.
  private static func serialNumber(_ certificate: Certificate) -> Value {
    let bytes = certificate.serialNumber.bytes.drop { $0 == 0 }
    if bytes.count < 8 { return .int(bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) }) }
    // Schoolbook conversion; at most a few dozen bytes in a certificate, cut off where somebody made it huge.
    var digits: [UInt8] = [0]
    for byte in bytes.prefix(256) {
      var carry = UInt32(byte)
      for index in digits.indices {
        carry += UInt32(digits[index]) << 8
        digits[index] = UInt8(carry % 10)
        carry /= 10
      }
      while carry > 0 {
        digits.append(UInt8(carry % 10))
        carry /= 10
      }
    }
    return .string(String(decoding: digits.reversed().map { $0 + UInt8(ascii: "0") }, as: UTF8.self))
  }

  private static func signatureAlgorithm(_ certificate: Certificate) -> String {
    switch certificate.signatureAlgorithm {
    case .ecdsaWithSHA256: "ecdsa-with-SHA256"
    case .ecdsaWithSHA384: "ecdsa-with-SHA384"
    case .ecdsaWithSHA512: "ecdsa-with-SHA512"
    case .sha1WithRSAEncryption: "sha1WithRSAEncryption"
    case .sha256WithRSAEncryption: "sha256WithRSAEncryption"
    case .sha384WithRSAEncryption: "sha384WithRSAEncryption"
    case .sha512WithRSAEncryption: "sha512WithRSAEncryption"
    case .ed25519: "ED25519"
    case let other: String(describing: other)
    }
  }
}
