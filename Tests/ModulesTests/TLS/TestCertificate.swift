import OpenSSL

@testable import Modules

/// A key and a self-signed certificate for tests.
struct TestCertificate {
  let key: NewKey
  let certificate: Certificate
  var pem: String { certificate.pem }
  var keyPEM: String { key.pem.withBytes { String(decoding: $0, as: UTF8.self) } }

  init(
    _ commonName: String = "web1.example", names: [String] = ["web1.example", "10.0.0.1"],
    type: NewKey.KeyType = .ec, now: Int64 = RotationTime.now(), days: Int = 30
  ) throws {
    key = try NewKey(type)
    let subject = CertificateSubject(
      name: DistinguishedName([.init("C", "DE"), .init("O", "Example"), .init("CN", commonName)]),
      alternativeNames: names.compactMap { AlternativeName($0) })
    certificate = try subject.selfSigned(key.key, from: now, days: days)
  }
}
