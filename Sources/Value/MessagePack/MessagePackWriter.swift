import OrderedCollections

/// Writes MessagePack, each value in its shortest form.
///
/// A known structure is written call by call (`arrayHeader(3)`, `string(…)`, …); the caller owes as many values as
/// a header says. `value(_:)` writes any `Value`.
public struct MessagePackWriter: Sendable {
  /// What was written so far.
  public private(set) var bytes: [UInt8] = []

  public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// One value as a whole message.
  public static func encode(_ value: Value) -> [UInt8] {
    var writer = MessagePackWriter(capacity: 64)
    writer.value(value)
    return writer.bytes
  }

  public mutating func value(_ value: Value) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .int(let number): int(number)
    case .double(let number): double(number)
    case .string(let text): string(text)
    case .bytes(let bytes): binary(bytes)
    case .list(let list):
      arrayHeader(list.count)
      for element in list { self.value(element) }
    case .map(let map):
      mapHeader(map.count)
      for (key, element) in map {
        self.value(key)
        self.value(element)
      }
    }
  }

  public mutating func null() { bytes.append(0xc0) }

  public mutating func bool(_ flag: Bool) { bytes.append(flag ? 0xc3 : 0xc2) }

  public mutating func int(_ number: Int64) {
    switch number {
    case 0...0x7f: bytes.append(UInt8(truncatingIfNeeded: number))
    case -0x20..<0: bytes.append(UInt8(truncatingIfNeeded: number))
    case 0x80...0xff: tag(0xcc, UInt8(truncatingIfNeeded: number))
    case 0x100...0xffff: tag(0xcd, UInt16(truncatingIfNeeded: number))
    case 0x1_0000...0xffff_ffff: tag(0xce, UInt32(truncatingIfNeeded: number))
    case 0x1_0000_0000...: tag(0xcf, UInt64(truncatingIfNeeded: number))
    case -0x80 ..< -0x20: tag(0xd0, UInt8(truncatingIfNeeded: number))
    case -0x8000 ..< -0x80: tag(0xd1, UInt16(truncatingIfNeeded: number))
    case -0x8000_0000 ..< -0x8000: tag(0xd2, UInt32(truncatingIfNeeded: number))
    default: tag(0xd3, UInt64(truncatingIfNeeded: number))
    }
  }

  public mutating func int(_ number: Int) { int(Int64(number)) }

  public mutating func double(_ number: Double) { tag(0xcb, number.bitPattern) }

  public mutating func string(_ text: String) {
    let utf8 = text.utf8
    let count = utf8.count
    switch count {
    case 0..<32: bytes.append(0xa0 | UInt8(truncatingIfNeeded: count))
    case 32..<0x100: tag(0xd9, UInt8(truncatingIfNeeded: count))
    case 0x100..<0x1_0000: tag(0xda, UInt16(truncatingIfNeeded: count))
    default: tag(0xdb, UInt32(truncatingIfNeeded: count))
    }
    bytes.append(contentsOf: utf8)
  }

  /// A byte string.
  public mutating func binary(_ binary: [UInt8]) {
    switch binary.count {
    case 0..<0x100: tag(0xc4, UInt8(truncatingIfNeeded: binary.count))
    case 0x100..<0x1_0000: tag(0xc5, UInt16(truncatingIfNeeded: binary.count))
    default: tag(0xc6, UInt32(truncatingIfNeeded: binary.count))
    }
    bytes.append(contentsOf: binary)
  }

  /// The start of a list; `count` values follow.
  public mutating func arrayHeader(_ count: Int) {
    switch count {
    case 0..<16: bytes.append(0x90 | UInt8(truncatingIfNeeded: count))
    case 16..<0x1_0000: tag(0xdc, UInt16(truncatingIfNeeded: count))
    default: tag(0xdd, UInt32(truncatingIfNeeded: count))
    }
  }

  /// The start of a map; `count` times a key and a value follow.
  public mutating func mapHeader(_ count: Int) {
    switch count {
    case 0..<16: bytes.append(0x80 | UInt8(truncatingIfNeeded: count))
    case 16..<0x1_0000: tag(0xde, UInt16(truncatingIfNeeded: count))
    default: tag(0xdf, UInt32(truncatingIfNeeded: count))
    }
  }

  /// A value that is MessagePack already, as `MessagePackReader.readRaw()` gives it.
  public mutating func raw(_ encoded: [UInt8]) { bytes.append(contentsOf: encoded) }

  /// A type byte and a number, most significant byte first.
  private mutating func tag<Number: FixedWidthInteger>(_ tag: UInt8, _ number: Number) {
    bytes.append(tag)
    var shift = Number.bitWidth
    while shift > 0 {
      shift -= 8
      bytes.append(UInt8(truncatingIfNeeded: number >> Number(shift)))
    }
  }
}
