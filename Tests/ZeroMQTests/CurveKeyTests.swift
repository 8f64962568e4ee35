import Testing
import Value
import ZeroMQ

@Suite struct CurveKeyTests {
  /// The example of ZeroMQ RFC 32, four times.
  private static let text = String(repeating: "HelloWorld", count: 4)
  private static let bytes: [UInt8] = Array(
    repeating: [0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B] as [UInt8], count: 4
  ).flatMap { $0 }

  @Test func isShownAsZ85() throws {
    #expect(CurveKey(bytes: Self.bytes)?.description == Self.text)
    #expect(CurveKey(Self.text)?.bytes == Self.bytes)
    #expect(CurveKey(Self.text)?.fingerprint == "86:4f:d2:6f:b5:59:f7:5b")
  }

  @Test(arguments: [
    "", "HelloWorld", String(repeating: "x", count: 39), String(repeating: "x", count: 41),
    String(repeating: "~", count: 40), String(repeating: "#", count: 40), String(repeating: " ", count: 40),
    String(repeating: "\0", count: 40), String(repeating: "é", count: 20), String(repeating: "\"", count: 40),
  ])
  func otherTextsAreNone(_ text: String) { #expect(CurveKey(text) == nil) }

  @Test func otherLengthsAreNone() {
    for length in [0, 1, 31, 33, 64] {
      #expect(CurveKey(bytes: [UInt8](repeating: 1, count: length)) == nil)
      #expect(CurveKeyPair(secretKey: Secret([UInt8](repeating: 1, count: length))) == nil)
    }
  }

  @Test func aPairIsMadeAgainFromItsSecret() throws {
    let pair = CurveKeyPair.generate()
    #expect(try #require(CurveKeyPair(secretKey: pair.secretKey)).publicKey == pair.publicKey)
    #expect(CurveKeyPair.generate().publicKey != pair.publicKey)
    #expect(!"\(pair)".contains(pair.secretKey.withBytes { CurveKey(bytes: $0)?.description ?? "" }))
  }
}
