import SwiftASN1
import X509

@testable import Modules

/// A key and a self-signed certificate for tests.
struct TestCertificate {
  let key: NewKey
  let certificate: Certificate
  let pem: String

  init(
    _ commonName: String = "web1.example", names: [String] = ["web1.example", "10.0.0.1"],
    type: NewKey.KeyType = .ec, now: Int64 = RotationTime.now(), days: Int = 30
  ) throws {
    key = try NewKey(type)
    let subject = CertificateSubject(
      name: try DistinguishedName {
        CountryName("DE")
        OrganizationName("Example")
        CommonName(commonName)
      }, alternativeNames: names.compactMap(CertificateNames.generalName))
    certificate = try subject.selfSigned(key.key, from: now, days: days)
    pem = try certificate.serializeAsPEM().pemString + "\n"
  }
}
