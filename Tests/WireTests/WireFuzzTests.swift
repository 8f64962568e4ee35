import TestSupport
import Testing
import Value
import Wire

/// Many damaged messages: none may crash or hang a decoder, and what is accepted is written and read back the
/// same.
@Suite struct WireFuzzTests {
  private static let favourites: [UInt8] = [
    0x00, 0x01, 0x7F, 0x80, 0x8F, 0x90, 0x93, 0x9F, 0xA0, 0xC0, 0xC1, 0xC3, 0xC4, 0xC6, 0xC7, 0xCB, 0xCF, 0xD3, 0xDB,
    0xDD, 0xDF, 0xFF,
  ]

  @Test(arguments: WireSamples.all)
  func damagedMessages(_ sample: WireSamples.Sample) throws {
    var generator = SeededGenerator(seed: UInt64(sample.bytes.count))
    var (accepted, refused) = (0, 0)
    for _ in 0..<2000 {
      let bytes = generator.mutated(sample.bytes, favouring: Self.favourites)
      guard let decoded = try? sample.decode(bytes) else {
        refused += 1
        continue
      }
      accepted += 1
      #expect(throws: Never.self) { try sample.decode(decoded.encoded) }
    }
    #expect(refused > 0)
    #expect(accepted + refused == 2000)
  }

  @Test func noise() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<8_000 {
      let bytes = (0..<Int.random(in: 0...64, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      _ = try? MinionMessage(decoding: bytes)
      _ = try? MasterMessage(decoding: bytes)
      _ = try? OperatorRequest(decoding: bytes)
      _ = try? OperatorReply(decoding: bytes)
      _ = try? EnrolRequest(decoding: [0x93, 1, 1] + bytes)
    }
  }
}
