/// Reading a known structure. A call that throws leaves the position undefined: the message is to be dropped.
extension MessagePackReader {
  /// The start of a list: how many values follow.
  public mutating func readArrayHeader() throws(MessagePackError) -> Int {
    let tag = try readTag()
    guard let count = try listCount(tag) else { throw Self.unexpected(tag, expected: "a list") }
    return count
  }

  /// The start of a map: how many times a key and a value follow.
  public mutating func readMapHeader() throws(MessagePackError) -> Int {
    let tag = try readTag()
    guard let count = try mapCount(tag) else { throw Self.unexpected(tag, expected: "a map") }
    return count
  }

  /// Text of at most `maxBytes` bytes.
  public mutating func readString(maxBytes: Int = .max) throws(MessagePackError) -> String {
    let tag = try readTag()
    guard let length = try stringLength(tag) else { throw Self.unexpected(tag, expected: "a string") }
    guard length <= maxBytes else { throw .beyondLimits("a string of more than \(maxBytes) bytes") }
    guard let text = text(in: try take(length)) else { throw .notText }
    return text
  }

  /// A byte string, or the bytes of a string, of at most `maxBytes` bytes.
  public mutating func readBytes(maxBytes: Int = .max) throws(MessagePackError) -> [UInt8] {
    let tag = try readTag()
    var length = try binaryLength(tag)
    if length == nil { length = try stringLength(tag) }
    guard let length else { throw Self.unexpected(tag, expected: "bytes") }
    guard length <= maxBytes else { throw .beyondLimits("bytes of more than \(maxBytes)") }
    return Array(bytes[try take(length)])
  }

  public mutating func readInt() throws(MessagePackError) -> Int64 {
    let tag = try readTag()
    guard let number = try integer(tag) else {
      throw tag == 0xcf ? .integerOverflow : Self.unexpected(tag, expected: "an integer")
    }
    return number
  }

  /// A number; integers are taken too.
  public mutating func readDouble() throws(MessagePackError) -> Double {
    let tag = try readTag()
    if let number = try floatingPoint(tag) { return number }
    if tag == 0xcf { return Double(try readNumber(UInt64.self)) }
    guard let number = try integer(tag) else { throw Self.unexpected(tag, expected: "a number") }
    return Double(number)
  }

  public mutating func readBool() throws(MessagePackError) -> Bool {
    switch try readTag() {
    case 0xc2: return false
    case 0xc3: return true
    case let tag: throw Self.unexpected(tag, expected: "a boolean")
    }
  }

  /// Steps over a null and says so; any other value stays to be read.
  public mutating func readNull() -> Bool {
    guard position < bytes.count, bytes[position] == 0xc0 else { return false }
    position += 1
    return true
  }

  /// Steps over the next value, whatever it is, without building it.
  public mutating func skip() throws(MessagePackError) {
    // Counted, not recursive: depth costs nothing here.
    var pending = 1
    while pending > 0 {
      pending -= 1
      let tag = try readTag()
      switch tag {
      case 0x00...0x7f, 0xe0...0xff, 0xc0, 0xc2, 0xc3: continue
      case 0xca, 0xcb: _ = try floatingPoint(tag)
      case 0xcc...0xd3: _ = try integer(tag)
      default:
        if let count = try listCount(tag) {
          pending += count
        } else if let count = try mapCount(tag) {
          pending += count * 2
        } else if let length = try stringLength(tag) {
          _ = try take(length)
        } else if let length = try binaryLength(tag) {
          _ = try take(length)
        } else {
          throw .unsupported(tag)
        }
      }
    }
  }

  /// The next value as it stands, without building it.
  public mutating func readRaw() throws(MessagePackError) -> [UInt8] {
    let start = position
    try skip()
    return Array(bytes[start..<position])
  }

  /// What the next value is, as `Value.kindName` says it; the value stays to be read.
  public func nextKind() throws(MessagePackError) -> String {
    guard position < bytes.count else { throw .truncated }
    return Self.kind(of: bytes[position])
  }

  static func unexpected(_ tag: UInt8, expected: String) -> MessagePackError {
    .unexpected(expected: expected, found: kind(of: tag))
  }

  private static func kind(of tag: UInt8) -> String {
    switch tag {
    case 0x00...0x7f, 0xe0...0xff, 0xcc...0xd3: "an integer"
    case 0x80...0x8f, 0xde, 0xdf: "a map"
    case 0x90...0x9f, 0xdc, 0xdd: "a list"
    case 0xa0...0xbf, 0xd9...0xdb: "a string"
    case 0xc0: "null"
    case 0xc2, 0xc3: "a boolean"
    case 0xc4...0xc6: "bytes"
    case 0xca, 0xcb: "a number"
    default: "an unsupported type"
    }
  }
}
