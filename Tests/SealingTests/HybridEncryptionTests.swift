import Testing

@testable import Sealing

/// RFC 9180 appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode, the first message.
@Suite struct HybridEncryptionTests {
  private let privateKey = bytes("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
  private let publicKey = bytes("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
  private let ephemeral = bytes("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600")
  private let info = bytes("4f6465206f6e2061204772656369616e2055726e")
  private let additional = bytes("436f756e742d30")
  private let message = bytes("4265617574792069732074727574682c20747275746820626561757479")
  private let sealed =
    bytes("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
    + bytes("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28")

  private static func bytes(_ text: String) -> [UInt8] {
    var digits = text[...]
    var bytes: [UInt8] = []
    while let byte = UInt8(digits.prefix(2), radix: 16) {
      bytes.append(byte)
      digits = digits.dropFirst(2)
    }
    return bytes
  }

  @Test func derivesThePublishedPublicKey() {
    #expect(HybridEncryption.publicKey(of: KeyMaterial(privateKey)) == publicKey)
    #expect(HybridEncryption.publicKey(of: KeyMaterial([1, 2, 3])) == nil)
  }

  @Test func sealsToThePublishedText() {
    #expect(
      HybridEncryption.seal(
        message, to: publicKey, info: info, additional: additional, ephemeral: KeyMaterial(ephemeral)) == sealed)
  }

  @Test func opensThePublishedText() {
    #expect(
      HybridEncryption.open(sealed, with: KeyMaterial(privateKey), info: info, additional: additional) == message)
  }

  @Test func whatIsBoundToItMustBeTheSame() {
    #expect(HybridEncryption.open(sealed, with: KeyMaterial(privateKey), info: [], additional: additional) == nil)
    #expect(HybridEncryption.open(sealed, with: KeyMaterial(privateKey), info: info) == nil)
    #expect(HybridEncryption.open([], with: KeyMaterial(privateKey), info: info) == nil)
  }

  /// Points of low order (RFC 7748 §6.1): the shared secret would be known to everybody.
  @Test(arguments: [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ])
  func pointsOfLowOrderAreRefused(_ point: String) {
    let key = Self.bytes(point)
    #expect(
      HybridEncryption.seal(message, to: key, info: info, ephemeral: KeyMaterial(ephemeral)) == nil)
    #expect(
      HybridEncryption.open(key + sealed[32...], with: KeyMaterial(privateKey), info: info, additional: additional)
        == nil)
  }
}
