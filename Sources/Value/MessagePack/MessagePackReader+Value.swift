import OrderedCollections

extension MessagePackReader {
  /// The next value. A string that is not valid UTF-8 is read as bytes, an integer beyond 64 bits signed as a double;
  /// of several equal keys the last wins.
  public mutating func readValue() throws(MessagePackError) -> Value { try readValue(depth: 0) }

  private mutating func readValue(depth: Int) throws(MessagePackError) -> Value {
    let tag = try readTag()
    switch tag {
    case 0x00...0x7f: return .int(Int64(tag))
    case 0xe0...0xff: return .int(Int64(Int8(bitPattern: tag)))
    case 0xc0: return .null
    case 0xc2: return .bool(false)
    case 0xc3: return .bool(true)
    case 0xa0...0xbf, 0xd9...0xdb:
      let range = try take(try stringLength(tag) ?? 0)
      return text(in: range).map(Value.string) ?? .bytes(Array(bytes[range]))
    case 0x90...0x9f, 0xdc, 0xdd: return try readList(count: try listCount(tag) ?? 0, depth: depth + 1)
    case 0x80...0x8f, 0xde, 0xdf: return try readMap(count: try mapCount(tag) ?? 0, depth: depth + 1)
    case 0xc4...0xc6: return .bytes(Array(bytes[try take(try binaryLength(tag) ?? 0)]))
    case 0xcf: return .integer(try readNumber(UInt64.self))
    default:
      if let number = try integer(tag) { return .int(number) }
      if let number = try floatingPoint(tag) { return .double(number) }
      throw .unsupported(tag)
    }
  }

  private mutating func readList(count: Int, depth: Int) throws(MessagePackError) -> Value {
    guard depth <= limits.depth else { throw .beyondLimits("more than \(limits.depth) levels") }
    var list: [Value] = []
    list.reserveCapacity(min(count, Self.largestReservation))
    for _ in 0..<count { list.append(try readValue(depth: depth)) }
    return .list(list)
  }

  private mutating func readMap(count: Int, depth: Int) throws(MessagePackError) -> Value {
    guard depth <= limits.depth else { throw .beyondLimits("more than \(limits.depth) levels") }
    var map = ValueMap(minimumCapacity: min(count, Self.largestReservation))
    for _ in 0..<count {
      let key = try readValue(depth: depth)
      map.updateValue(try readValue(depth: depth), forKey: key)
    }
    return .map(map)
  }

  /// Beyond this a collection grows with what really arrives.
  private static var largestReservation: Int { 1024 }

  /// The integer whose type byte is `tag`; nil when it is none, and for those beyond 64 bits signed.
  mutating func integer(_ tag: UInt8) throws(MessagePackError) -> Int64? {
    switch tag {
    case 0x00...0x7f: Int64(tag)
    case 0xe0...0xff: Int64(Int8(bitPattern: tag))
    case 0xcc: Int64(try readNumber(UInt8.self))
    case 0xcd: Int64(try readNumber(UInt16.self))
    case 0xce: Int64(try readNumber(UInt32.self))
    case 0xcf: Int64(exactly: try readNumber(UInt64.self))
    case 0xd0: Int64(try readNumber(Int8.self))
    case 0xd1: Int64(try readNumber(Int16.self))
    case 0xd2: Int64(try readNumber(Int32.self))
    case 0xd3: try readNumber(Int64.self)
    default: nil
    }
  }

  mutating func floatingPoint(_ tag: UInt8) throws(MessagePackError) -> Double? {
    switch tag {
    case 0xca: Double(Float(bitPattern: try readNumber(UInt32.self)))
    case 0xcb: Double(bitPattern: try readNumber(UInt64.self))
    default: nil
    }
  }
}
