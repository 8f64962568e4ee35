import OpenSSL
import Testing
import Value

@Suite struct TLSHandshakeTests {
  private func certificate(_ key: PrivateKey) throws -> Certificate {
    try CertificateTemplate(
      subject: DistinguishedName(commonName: "web1"), publicKey: key, serialNumber: [1], notBefore: 1_700_000_000,
      notAfter: 1_900_000_000
    ).signed(with: key)
  }

  @Test(arguments: [.ec(.p256), .rsa(bits: 2048), .ed25519] as [KeyKind])
  func bothSidesFinish(_ kind: KeyKind) throws {
    let key = try PrivateKey.generate(kind)
    let certificate = try certificate(key)
    let server = try TLSHandshake(certificate: certificate, key: key)
    let client = try TLSHandshake(serverName: "web1.example")
    var ends = (client: TLSHandshake.Progress.needsInput, server: TLSHandshake.Progress.needsInput)
    for _ in 0..<10 where ends != (.finished, .finished) {
      ends.client = try client.advance()
      try server.receive(client.takeOutput())
      ends.server = try server.advance()
      try client.receive(server.takeOutput())
    }
    #expect(ends == (.finished, .finished))
    #expect(try client.peerCertificate()?.der == certificate.der)
  }

  @Test func whatIsNoTLSEndsIt() throws {
    let client = try TLSHandshake(serverName: nil)
    #expect(try client.advance() == .needsInput)
    #expect(!client.takeOutput().isEmpty)
    try client.receive(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))
    #expect(throws: OpenSSLError.self) { try client.advance() }
    #expect(try client.peerCertificate() == nil)
  }
}
