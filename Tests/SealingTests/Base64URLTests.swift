import Sealing
import Testing

@Suite struct Base64URLTests {
  @Test(
    arguments: [
      ([], ""), ([0x66], "Zg"), ([0x66, 0x6F], "Zm8"), ([0x66, 0x6F, 0x6F], "Zm9v"), ([0xFB, 0xFF, 0xFE], "-__-"),
      ([0, 0, 0, 0], "AAAAAA"),
    ] as [([UInt8], String)])
  func readsAndWrites(_ bytes: [UInt8], _ text: String) {
    #expect(Base64URL.encode(bytes) == text)
    #expect(Base64URL.decode(text.utf8) == bytes)
  }

  @Test func everyLengthComesBack() {
    for length in 0...70 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + 200) }
      #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes)
    }
  }

  @Test(arguments: ["A", "AAAAA", "Zh", "Zm9", "Zg==", "Zm+v", "Zm/v", "Zg\n", "é"])
  func refusesWhatItWouldNotWrite(_ text: String) { #expect(Base64URL.decode(text.utf8) == nil) }
}
