import Hashing
import Testing

/// The examples of FIPS 180-4 and RFC 1321.
@Suite struct DigestAlgorithmTests {
  @Test(
    arguments: [
      (.md5, "", "d41d8cd98f00b204e9800998ecf8427e"),
      (.md5, "message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
      (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        .sha384, "abc",
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
      ),
      (
        .sha512, "abc",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
      ),
    ] as [(DigestAlgorithm, String, String)])
  func givesThePublishedDigest(_ algorithm: DigestAlgorithm, _ text: String, _ digest: String) {
    #expect(algorithm.hexadecimal(of: Array(text.utf8)) == digest)
    #expect(algorithm.digest(of: Array(text.utf8)).count == algorithm.length)
  }

  /// FIPS 180-2 appendix B.3: whole blocks go through the processor's own instructions where it has them.
  @Test(arguments: [1, 63, 64, 65, 1000, 4096, 1_000_000])
  func aMillionLetters(_ piece: Int) {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    var stream = DigestStream(.sha256)
    for start in stride(from: 0, to: letters.count, by: piece) {
      stream.update(letters[start..<min(start + piece, letters.count)])
    }
    #expect(stream.hexadecimal() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(arguments: DigestAlgorithm.allCases)
  func piecesGiveTheSame(_ algorithm: DigestAlgorithm) {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    for size in [1, 3, 55, 64, 127, 128, 999] {
      var stream = DigestStream(algorithm)
      for start in stride(from: 0, to: bytes.count, by: size) {
        stream.update(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(stream.finish() == algorithm.digest(of: bytes))
      // Finishing does not end it.
      #expect(stream.hexadecimal() == algorithm.hexadecimal(of: bytes))
      stream.update([1])
      #expect(stream.finish() == algorithm.digest(of: bytes + [1]))
    }
  }

  /// RFC 4231, cases 1, 2 and 6 (a key longer than a block).
  @Test(
    arguments: [
      (
        [UInt8](repeating: 0x0B, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ])
  func authenticates(_ key: [UInt8], _ message: String, _ code: String) {
    #expect(Hexadecimal.text(MessageAuthentication.hmacSHA256(Array(message.utf8), key: key)) == code)
  }

  @Test func writesHexadecimal() {
    #expect(Hexadecimal.text([0, 0x0F, 0xA0]) == "000fa0")
    #expect(Hexadecimal.colons([0, 0x0F, 0xA0]) == "00:0F:A0")
    #expect(Hexadecimal.text([]).isEmpty && Hexadecimal.colons([]).isEmpty)
  }
}
