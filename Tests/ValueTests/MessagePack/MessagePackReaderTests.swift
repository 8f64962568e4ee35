import Testing
import Value

@Suite struct MessagePackReaderTests {
  /// A few bytes that claim much: refused before memory is taken.
  @Test(
    arguments: [
      [0xdd, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0], [0xdf, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0],
      [0xdb, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0], [0xc6, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0],
      [0x92, 0x01], [0x81, 0x01], [0xa3, 0x61], [0xc4], [0xcd, 0x01], [0xcb, 0, 0], [0xdc, 0x00], [],
    ] as [[UInt8]])
  func claimsBeyondTheMessageAreRefused(bytes: [UInt8]) throws {
    #expect(throws: MessagePackError.truncated) { try MessagePackReader.decode(bytes) }
  }

  @Test(arguments: [0xc1, 0xc7, 0xc8, 0xc9, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8] as [UInt8])
  func extensionTypesAreRefused(tag: UInt8) throws {
    let bytes = [tag] + Array(repeating: 0, count: 20)
    #expect(throws: MessagePackError.unsupported(tag)) { try MessagePackReader.decode(bytes) }
  }

  @Test func bytesAfterTheMessageAreRefused() {
    #expect(throws: MessagePackError.trailingBytes(2)) { try MessagePackReader.decode([0xc0, 0xc0, 0xc0]) }
  }

  @Test func keepsToItsLimits() throws {
    let limits = ValueLimits(depth: 2, bytes: 8, count: 3)
    #expect(try MessagePackReader.decode([0x91, 0x91, 0x01], limits: limits) == [[1]])
    #expect(throws: MessagePackError.beyondLimits("more than 2 levels")) {
      try MessagePackReader.decode([0x91, 0x91, 0x91, 0x01], limits: limits)
    }
    #expect(throws: MessagePackError.beyondLimits("more than 3 values")) {
      try MessagePackReader.decode([0x94, 1, 2, 3, 4], limits: limits)
    }
    #expect(throws: MessagePackError.beyondLimits("more than 8 bytes")) {
      try MessagePackReader.decode(Array(repeating: 0xc0, count: 9), limits: limits)
    }
  }

  @Test func aMillionLevelsDoNotOverflowTheStack() {
    let bytes = Array(repeating: 0x91 as UInt8, count: 1_000_000)
    #expect(throws: MessagePackError.beyondLimits("more than 128 levels")) { try MessagePackReader.decode(bytes) }
  }
}
