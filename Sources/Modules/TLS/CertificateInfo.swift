import Hashing
import OpenSSL
import OrderedCollections
import Value

/// What `tls.cert_info` returns of a certificate: Salt's keys.
enum CertificateInfo {
  static func map(_ certificate: Certificate, digest: DigestAlgorithm = .sha256) throws -> ValueMap {
    var map: ValueMap = [
      "fingerprint": .string(certificate.fingerprint(digest)),
      "subject": CertificateNames.map(certificate.subject), "issuer": CertificateNames.map(certificate.issuer),
      "serial_number": serialNumber(certificate), "not_before": .int(certificate.notBefore),
      "not_after": .int(certificate.notAfter), "extensions": try CertificateExtensions.map(certificate),
    ]
    let names = try certificate.alternativeNames()
    if !names.isEmpty { map["subject_alt_names"] = .strings(names.compactMap(\.bare)) }
    map["signature_algorithm"] = .string(certificate.signatureAlgorithm)
    return map
  }

  /// An integer where 64 bits hold it, else its decimal digits as a string: serial numbers have up to 160 bits.
  private static func serialNumber(_ certificate: Certificate) -> Value {
    let bytes = certificate.serialNumber.drop { $0 == 0 }
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
}
