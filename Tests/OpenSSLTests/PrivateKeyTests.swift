import OpenSSL
import Testing
import Value

@Suite struct PrivateKeyTests {
  private func text(_ secret: Secret) -> String { secret.withBytes { String(decoding: $0, as: UTF8.self) } }

  @Test(
    arguments: [
      (.rsa(bits: 2048), "rsa", 2048), (.ec(.p256), "ec", 256), (.ec(.p384), "ec", 384), (.ec(.p521), "ec", 521),
      (.ed25519, "ed25519", 253), (.ed448, "ed448", 456),
    ] as [(KeyKind, String, Int)])
  func isMadeWrittenAndRead(_ kind: KeyKind, _ algorithm: String, _ bits: Int) throws {
    let key = try PrivateKey.generate(kind)
    #expect(key.algorithm == algorithm)
    #expect(abs(key.bits - bits) <= 3)
    let pem = try key.pem()
    #expect(text(pem).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    #expect(try PrivateKey(pem).isSamePair(as: key))
    #expect(try PrivateKey(key.der()).isSamePair(as: key))
    #expect(try PublicKey(Array(key.publicPEM().utf8)).isSamePair(as: key))
    #expect(try PublicKey(key.publicDER()).isSamePair(as: key))
    #expect(try !PrivateKey.generate(kind).isSamePair(as: key))
    #expect("\(key)" == "***")
  }

  @Test func aPassphraseIsNeeded() throws {
    let key = try PrivateKey.generate(.ec(.p256))
    let pem = try key.pem(passphrase: Secret("correct horse"))
    #expect(text(pem).hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"))
    #expect(try PrivateKey(pem, passphrase: Secret("correct horse")).isSamePair(as: key))
    for passphrase in [nil, Secret("wrong"), Secret("")] {
      let error = #expect(throws: OpenSSLError.self) { try PrivateKey(pem, passphrase: passphrase) }
      #expect(error?.code == .unreadable)
    }
  }

  @Test(arguments: ["", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "\0\u{1}"])
  func whatIsNoKeyIsRefused(_ text: String) {
    #expect(throws: OpenSSLError.self) { try PrivateKey(Secret(text)) }
    #expect(throws: OpenSSLError.self) { try PublicKey(Array(text.utf8)) }
  }
}
