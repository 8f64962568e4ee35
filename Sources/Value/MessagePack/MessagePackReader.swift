/// Reads MessagePack from bytes of strangers: every length is checked against what is really there and against the
/// limits before memory is taken.
///
/// Extension types are refused.
public struct MessagePackReader: Sendable {
  let bytes: [UInt8]
  let limits: ValueLimits
  /// How many bytes were read.
  public internal(set) var position = 0
  /// How many more values the limits allow.
  private var budget: Int

  public init(_ bytes: [UInt8], limits: ValueLimits = .standard) throws(MessagePackError) {
    guard bytes.count <= limits.bytes else { throw .beyondLimits("more than \(limits.bytes) bytes") }
    self.bytes = bytes
    self.limits = limits
    budget = limits.count
  }

  /// The one value of a whole message.
  public static func decode(_ bytes: [UInt8], limits: ValueLimits = .standard) throws(MessagePackError) -> Value {
    var reader = try MessagePackReader(bytes, limits: limits)
    let value = try reader.readValue()
    try reader.finish()
    return value
  }

  public var isAtEnd: Bool { position == bytes.count }

  var remaining: Int { bytes.count - position }

  /// Refuses bytes after the last value.
  public func finish() throws(MessagePackError) {
    guard isAtEnd else { throw .trailingBytes(remaining) }
  }

  /// The type byte of the next value, stepped over.
  mutating func readTag() throws(MessagePackError) -> UInt8 {
    guard position < bytes.count else { throw .truncated }
    let tag = bytes[position]
    position += 1
    return tag
  }

  mutating func readNumber<Number: FixedWidthInteger>(_: Number.Type) throws(MessagePackError) -> Number {
    let size = Number.bitWidth / 8
    guard remaining >= size else { throw .truncated }
    var number: Number = 0
    for index in position..<position + size { number = (number &<< 8) | Number(truncatingIfNeeded: bytes[index]) }
    position += size
    return number
  }

  /// Steps over bytes and says where they are.
  mutating func take(_ count: Int) throws(MessagePackError) -> Range<Int> {
    guard count <= remaining else { throw .truncated }
    defer { position += count }
    return position..<position + count
  }

  /// The text in a range; nil when it is not valid UTF-8.
  func text(in range: Range<Int>) -> String? {
    // `String(validating:as:)` does the same, at three times the cost: it is generic and looks up its types each time.
    guard let utf8 = try? UTF8Span(validating: bytes.span.extracting(range)) else { return nil }
    return String(copying: utf8)
  }

  /// Checks a header's claim: each value takes a byte at least, so a list cannot have more elements than bytes follow.
  mutating func claim(_ count: Int) throws(MessagePackError) {
    guard count <= remaining else { throw .truncated }
    guard count <= budget else { throw .beyondLimits("more than \(limits.count) values") }
    budget -= count
  }

  /// How many elements the list has whose type byte is `tag`; nil when it is no list.
  mutating func listCount(_ tag: UInt8) throws(MessagePackError) -> Int? {
    let count: Int
    switch tag {
    case 0x90...0x9f: count = Int(tag & 0x0f)
    case 0xdc: count = Int(try readNumber(UInt16.self))
    case 0xdd: count = Int(try readNumber(UInt32.self))
    default: return nil
    }
    try claim(count)
    return count
  }

  /// How many entries the map has whose type byte is `tag`; nil when it is no map.
  mutating func mapCount(_ tag: UInt8) throws(MessagePackError) -> Int? {
    let count: Int
    switch tag {
    case 0x80...0x8f: count = Int(tag & 0x0f)
    case 0xde: count = Int(try readNumber(UInt16.self))
    case 0xdf: count = Int(try readNumber(UInt32.self))
    default: return nil
    }
    try claim(count * 2)
    return count
  }

  /// How long the string is whose type byte is `tag`; nil when it is no string.
  mutating func stringLength(_ tag: UInt8) throws(MessagePackError) -> Int? {
    switch tag {
    case 0xa0...0xbf: Int(tag & 0x1f)
    case 0xd9: Int(try readNumber(UInt8.self))
    case 0xda: Int(try readNumber(UInt16.self))
    case 0xdb: Int(try readNumber(UInt32.self))
    default: nil
    }
  }

  /// How long the byte string is whose type byte is `tag`; nil when it is none.
  mutating func binaryLength(_ tag: UInt8) throws(MessagePackError) -> Int? {
    switch tag {
    case 0xc4: Int(try readNumber(UInt8.self))
    case 0xc5: Int(try readNumber(UInt16.self))
    case 0xc6: Int(try readNumber(UInt32.self))
    default: nil
    }
  }
}
