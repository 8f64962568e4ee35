import Testing
import Value

@testable import Sealing

@Suite struct SealedSecretTests {
  private let words = "correct horse battery staple"

  private func text(_ secret: Secret) -> String { secret.withBytes { String(decoding: $0, as: UTF8.self) } }

  @Test func opensWithTheKeyItWasSealedTo() throws {
    let key = SealingKey()
    let sealed = try SealedSecret.seal(Secret(words), to: key.publicKey)
    #expect(sealed.hasPrefix("brine-sealed1."))
    #expect(try text(SealedSecret.open(sealed, privateKey: key)) == words)
  }

  @Test func opensWithAStoredKey() throws {
    let key = SealingKey()
    let sealed = try SealedSecret.seal(Secret(words), to: key.publicKey)
    let stored = key.rawBytes
    #expect(stored.count == 32)
    #expect(try text(SealedSecret.open(sealed, privateKey: stored)) == words)
  }

  @Test func anEmptySecretIsASecret() throws {
    let key = SealingKey()
    #expect(try SealedSecret.open(SealedSecret.seal(Secret(""), to: key.publicKey), privateKey: key).count == 0)
  }

  @Test func neverLooksTheSameTwice() throws {
    let key = SealingKey()
    let first = try SealedSecret.seal(Secret(words), to: key.publicKey)
    #expect(try SealedSecret.seal(Secret(words), to: key.publicKey) != first)
    #expect(!first.contains("horse"))
  }

  @Test func anotherKeyIsRefused() throws {
    let sealed = try SealedSecret.seal(Secret(words), to: SealingKey().publicKey)
    let error = #expect(throws: SealingError.self) { try SealedSecret.open(sealed, privateKey: SealingKey()) }
    #expect(error?.code == .refused)
  }

  /// Every character of the text counts: the encapsulated key, the ciphertext and the tag.
  @Test func everyChangedCharacterIsRefused() throws {
    let key = SealingKey()
    let sealed = Array(try SealedSecret.seal(Secret("x"), to: key.publicKey).utf8)
    for index in SealedSecret.prefix.utf8.count..<sealed.count {
      var changed = sealed
      changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "Q") : UInt8(ascii: "A")
      let text = String(decoding: changed, as: UTF8.self)
      // The top bit of an X25519 key is not part of it (RFC 7748), but HPKE binds the bytes as they were sent.
      #expect(throws: SealingError.self, "at \(index)") { try SealedSecret.open(text, privateKey: key) }
    }
  }

  @Test(arguments: [
    "", "hello", "brine-sealed1", "brine-sealed2.AAAA", "brine-sealed1.", "brine-sealed1.AAAA",
    "brine-sealed1.A A", "brine-sealed1.+/==", " brine-sealed1.AAAA",
  ])
  func whatIsNoSealedTextIsSaidSo(_ text: String) {
    let error = #expect(throws: SealingError.self) { try SealedSecret.open(text, privateKey: SealingKey()) }
    #expect(error?.code == .invalidText)
  }

  @Test func aTextCutShortIsRefused() throws {
    let key = SealingKey()
    let sealed = try SealedSecret.seal(Secret(words), to: key.publicKey)
    for length in stride(from: 0, to: sealed.count, by: 7) {
      #expect(throws: SealingError.self) { try SealedSecret.open(String(sealed.prefix(length)), privateKey: key) }
    }
  }

  @Test(arguments: [0, 16, 31, 33, 64])
  func aKeyOfAnotherLengthIsRefused(_ length: Int) {
    let bytes = [UInt8](repeating: 7, count: length)
    #expect(throws: SealingError.self) { try SealedSecret.seal(Secret("x"), to: bytes) }
    #expect(throws: SealingError.self) { try SealingKey(Secret(bytes)) }
  }

  /// With a point of low order everybody would know the shared key.
  @Test func theZeroKeyIsRefused() {
    let error = #expect(throws: SealingError.self) {
      try SealedSecret.seal(Secret("x"), to: [UInt8](repeating: 0, count: 32))
    }
    #expect(error?.code == .invalidKey)
  }

  @Test func aPrivateKeyIsNotPrinted() {
    #expect("\(SealingKey())" == "***")
    #expect(String(reflecting: SealingKey()) == "***")
  }
}
