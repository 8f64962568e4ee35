import OpenSSL
import Testing
import Value

@Suite struct CertificateTests {
  private let now: Int64 = 1_800_000_000
  private let name = DistinguishedName([.init("C", "DE"), .init("O", "Bäcker, Söhne"), .init("CN", "web1.example")])

  private func template(_ key: KeyHandle, _ extensions: [ExtensionSetting]) -> CertificateTemplate {
    CertificateTemplate(
      subject: name, publicKey: key, serialNumber: [0x7F, 0xFF, 1], notBefore: now, notAfter: now + 86400,
      extensions: extensions)
  }

  @Test func saysWhatItWasMadeWith() throws {
    let key = try PrivateKey.generate(.ec(.p256))
    let names = ["web1.example", "*.web1.example", "10.1.2.3", "2001:db8::1", "email:root@example.org"]
      .compactMap { AlternativeName($0) }
    let made = try template(
      key,
      [
        ExtensionSetting("basicConstraints", "critical, CA:TRUE, pathlen:1"),
        ExtensionSetting("keyUsage", "critical, keyCertSign, cRLSign"),
        ExtensionSetting("subjectKeyIdentifier", "hash"), ExtensionSetting(names),
      ]
    ).signed(with: key)
    let certificate = try Certificate(der: made.der)
    #expect(certificate.version == 3)
    #expect(certificate.subject == name)
    #expect(certificate.issuer == name)
    #expect(certificate.serialNumber == [0x7F, 0xFF, 1])
    #expect(certificate.notBefore == now && certificate.notAfter == now + 86400)
    #expect(certificate.signatureAlgorithm == "ecdsa-with-SHA256")
    #expect(try certificate.publicKey().isSamePair(as: key))
    #expect(certificate.isSigned(by: key))
    #expect(!certificate.isSigned(by: try PrivateKey.generate(.ec(.p256))))
    #expect(try certificate.alternativeNames() == names)
    let extensions = try certificate.extensions()
    #expect(
      extensions.map(\.name) == ["basicConstraints", "keyUsage", "subjectKeyIdentifier", "subjectAltName"])
    #expect(extensions.map(\.isCritical) == [true, true, false, false])
    #expect(extensions[0].text == "CA:TRUE, pathlen:1")
    #expect(extensions[1].text == "Certificate Sign, CRL Sign")
    #expect(
      extensions[3].text
        == "DNS:web1.example, DNS:*.web1.example, IP Address:10.1.2.3, IP Address:2001:db8::1, email:root@example.org")
  }

  @Test func anAuthorityIssues() throws {
    let authorityKey = try PrivateKey.generate(.rsa(bits: 2048))
    let authority = try CertificateTemplate(
      subject: DistinguishedName(commonName: "CA"), publicKey: authorityKey, serialNumber: [1], notBefore: now,
      notAfter: now + 86400,
      extensions: [ExtensionSetting("basicConstraints", "CA:TRUE"), ExtensionSetting("subjectKeyIdentifier", "hash")]
    ).signed(with: authorityKey)
    let key = try PrivateKey.generate(.ed25519)
    let request = try CertificateRequest(
      subject: name, extensions: [ExtensionSetting([.dns("web1.example")])], key: key)
    let read = try CertificateRequest(der: request.der)
    #expect(read.subject == name)
    #expect(try read.isSigned())
    #expect(try read.extensions().first?.alternativeNames == [.dns("web1.example")])
    let certificate = try template(
      try read.publicKey(), [ExtensionSetting("authorityKeyIdentifier", "keyid:always")]
    ).signed(with: authorityKey, authority: authority)
    #expect(certificate.issuer == authority.subject)
    #expect(certificate.isSigned(by: try authority.publicKey()))
    #expect(certificate.signatureAlgorithm == "sha256WithRSAEncryption")
    let authorityID = try #require(try authority.extensions().first { $0.name == "subjectKeyIdentifier" }).text
    #expect(try certificate.extensions().first?.text == authorityID)
  }

  @Test(arguments: [
    ("proxyCertInfo", "language:id-ppl-anyLanguage,policy:file:/etc/passwd"), ("certificatePolicies", "@section"),
    ("subjectAltName", "dirName:@section"), ("keyUsage", "a\nb"), ("bogus", "x"),
  ])
  func settingsThatReadElsewhereAreRefused(_ name: String, _ value: String) {
    #expect(throws: OpenSSLError.self) { try ExtensionSetting(name, value) }
  }

  @Test func aSettingWithoutSenseIsAnError() throws {
    let key = try PrivateKey.generate(.ec(.p256))
    let error = #expect(throws: OpenSSLError.self) {
      try template(key, [ExtensionSetting("keyUsage", "nonsense")]).signed(with: key)
    }
    #expect(error?.message.contains("'nonsense' is no value of the extension keyUsage") == true)
    #expect(throws: OpenSSLError.self) {
      try CertificateRequest(subject: DistinguishedName([.init("XYZ", "1")]), extensions: [], key: key)
    }
  }

  /// Whatever happens to the bytes, reading ends with an error or a certificate.
  @Test func damagedBytesDoNoHarm() throws {
    let key = try PrivateKey.generate(.ec(.p256))
    let der = try template(key, [ExtensionSetting([.dns("web1.example"), .address([10, 0, 0, 1])])]).signed(with: key)
      .der
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      var bytes = der
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator)) }
      guard let certificate = try? Certificate(der: bytes) else { continue }
      _ = (certificate.subject, certificate.issuer, certificate.serialNumber, certificate.notAfter)
      _ = (try? certificate.extensions(), try? certificate.publicKey())
    }
  }

  @Test func bytesAfterItAreRefused() throws {
    let key = try PrivateKey.generate(.ec(.p256))
    let der = try template(key, []).signed(with: key).der
    #expect(throws: OpenSSLError.self) { try Certificate(der: der + [0]) }
  }
}
