import OrderedCollections
import Testing
import Value

/// Bytes made with Python's msgpack 1.2.
@Suite struct MessagePackVectorTests {
  static let vectors: [(Value, String)] = [
    (.null, "c0"),
    (true, "c3"),
    (false, "c2"),
    (.int(0), "00"),
    (.int(1), "01"),
    (.int(127), "7f"),
    (.int(128), "cc80"),
    (.int(255), "ccff"),
    (.int(256), "cd0100"),
    (.int(65535), "cdffff"),
    (.int(65536), "ce00010000"),
    (.int(4_294_967_295), "ceffffffff"),
    (.int(4_294_967_296), "cf0000000100000000"),
    (.int(9_223_372_036_854_775_807), "cf7fffffffffffffff"),
    (.int(-1), "ff"),
    (.int(-32), "e0"),
    (.int(-33), "d0df"),
    (.int(-128), "d080"),
    (.int(-129), "d1ff7f"),
    (.int(-32768), "d18000"),
    (.int(-32769), "d2ffff7fff"),
    (.int(-2_147_483_648), "d280000000"),
    (.int(-2_147_483_649), "d3ffffffff7fffffff"),
    (.int(.min), "d38000000000000000"),
    (.double(1.5), "cb3ff8000000000000"),
    (.double(0.1), "cb3fb999999999999a"),
    (.double(-0.0), "cb8000000000000000"),
    (.double(1e300), "cb7e37e43c8800759c"),
    (.string(""), "a0"),
    (.string("a"), "a161"),
    (.string("é"), "a2c3a9"),
    (.string("web1"), "a477656231"),
    (.string("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), "bf61616161616161616161616161616161616161616161616161616161616161"),
    (
      .string("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
      "d9206161616161616161616161616161616161616161616161616161616161616161"
    ),
    (.bytes([0, 255]), "c40200ff"),
    (.bytes([]), "c400"),
    ([], "90"),
    ([:], "80"),
    ([1, "a", .null, [true]], "9401a161c091c3"),
    (["b": 1, "a": ["x": 2.5], 3: .null], "83a16201a16181a178cb400400000000000003c0"),
  ]

  @Test(arguments: vectors)
  func isWrittenAsPythonWritesIt(value: Value, hex: String) {
    #expect(MessagePackWriter.encode(value) == Self.bytes(hex))
  }

  @Test(arguments: vectors)
  func isReadFromWhatPythonWrites(value: Value, hex: String) throws {
    #expect(try MessagePackReader.decode(Self.bytes(hex)) == value)
  }

  /// Forms that no writer in its right mind chooses, and that are valid all the same.
  @Test(
    arguments: [
      ("cd0001", .int(1)), ("d3ffffffffffffffff", .int(-1)), ("d9026162", "ab"), ("db000000026162", "ab"),
      ("dc000101", [1]), ("dd0000000101", [1]), ("de0001a16101", ["a": 1]), ("df00000001a16101", ["a": 1]),
      ("c6000000020102", .bytes([1, 2])), ("ca3fc00000", 1.5), ("cfffffffffffffffff", 18446744073709551615.0),
      ("82a16101a16102", ["a": 2]), ("a2c328", .bytes([0xc3, 0x28])),
    ] as [(String, Value)])
  func readsEveryForm(hex: String, value: Value) throws {
    #expect(try MessagePackReader.decode(Self.bytes(hex)) == value)
  }

  @Test(arguments: [15, 16, 31, 32, 255, 256, 65535, 65536])
  func longValuesKeepTheirLength(count: Int) throws {
    for value in [
      Value.string(String(repeating: "x", count: count)), .bytes(Array(repeating: 7, count: count)),
      .list(Array(repeating: 1, count: count)),
      .map(ValueMap(uniqueKeysWithValues: (0..<count).map { (.integer($0), true) })),
    ] {
      #expect(try MessagePackReader.decode(MessagePackWriter.encode(value)) == value)
    }
  }

  static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
