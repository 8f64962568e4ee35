import Testing
import Value

@Suite struct MessagePackReaderTests {
  @Test func aKnownStructureIsReadCallByCall() throws {
    var writer = MessagePackWriter()
    writer.arrayHeader(8)
    writer.int(7)
    writer.string("web1")
    writer.bool(true)
    writer.null()
    writer.double(1.5)
    writer.binary([1, 2])
    writer.mapHeader(1)
    writer.string("k")
    writer.value([1, "x"])
    writer.value(["skipped": [[1], ["deep": [2]]]])

    var reader = try MessagePackReader(writer.bytes)
    #expect(try reader.readArrayHeader() == 8)
    #expect(try reader.readInt() == 7)
    #expect(try reader.readString(maxBytes: 4) == "web1")
    let none = reader.readNull()
    #expect(!none)
    #expect(try reader.readBool())
    let null = reader.readNull()
    #expect(null)
    #expect(try reader.nextKind() == "a number")
    #expect(try reader.readDouble() == 1.5)
    #expect(try reader.readBytes(maxBytes: 2) == [1, 2])
    #expect(try reader.readMapHeader() == 1)
    #expect(try reader.readString() == "k")
    #expect(try reader.readRaw() == MessagePackWriter.encode([1, "x"]))
    try reader.skip()
    #expect(reader.isAtEnd)
    try reader.finish()
  }

  @Test func anotherKindIsNamed() throws {
    var reader = try MessagePackReader(MessagePackWriter.encode("x"))
    #expect(throws: MessagePackError.unexpected(expected: "an integer", found: "a string")) { try reader.readInt() }
  }

  @Test func tooLongAStringIsRefusedByItsReader() throws {
    var reader = try MessagePackReader(MessagePackWriter.encode("web1"))
    #expect(throws: MessagePackError.beyondLimits("a string of more than 3 bytes")) {
      try reader.readString(maxBytes: 3)
    }
  }

  @Test func textMustBeText() throws {
    var reader = try MessagePackReader([0xa2, 0xc3, 0x28])
    #expect(throws: MessagePackError.notText) { try reader.readString() }
  }

  @Test func anIntegerBeyond64BitsIsRefusedByItsReader() throws {
    var reader = try MessagePackReader([0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
    #expect(throws: MessagePackError.integerOverflow) { try reader.readInt() }
  }

  /// A few bytes that claim much: refused before memory is taken.
  @Test(
    arguments: [
      [0xdd, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0], [0xdf, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0],
      [0xdb, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0], [0xc6, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0],
      [0x92, 0x01], [0x81, 0x01], [0xa3, 0x61], [0xc4], [0xcd, 0x01], [0xcb, 0, 0], [0xdc, 0x00], [],
    ] as [[UInt8]])
  func claimsBeyondTheMessageAreRefused(bytes: [UInt8]) throws {
    #expect(throws: MessagePackError.truncated) { try MessagePackReader.decode(bytes) }
    var reader = try MessagePackReader(bytes)
    #expect(throws: MessagePackError.truncated) { try reader.skip() }
  }

  @Test(arguments: [0xc1, 0xc7, 0xc8, 0xc9, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8] as [UInt8])
  func extensionTypesAreRefused(tag: UInt8) throws {
    let bytes = [tag] + Array(repeating: 0, count: 20)
    #expect(throws: MessagePackError.unsupported(tag)) { try MessagePackReader.decode(bytes) }
    var reader = try MessagePackReader(bytes)
    #expect(throws: MessagePackError.unsupported(tag)) { try reader.skip() }
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
