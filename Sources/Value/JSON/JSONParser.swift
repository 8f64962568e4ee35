import OrderedCollections

/// Reads JSON (RFC 8259) into values: bounded in length, depth and count, order of keys kept.
///
/// As Python's `json` does, it takes `NaN`, `Infinity` and `-Infinity`, and the last of several equal keys wins.
/// Integers beyond 64 bits become doubles; half of a surrogate pair becomes U+FFFD.
public struct JSONParser {
  let bytes: [UInt8]
  let limits: ValueLimits
  var position = 0
  private var count = 0

  private init(bytes: [UInt8], limits: ValueLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  public static func parse(_ text: String) throws(JSONError) -> Value {
    try parse(Array(text.utf8))
  }

  public static func parse(_ bytes: [UInt8], limits: ValueLimits = .standard) throws(JSONError) -> Value {
    guard bytes.count <= limits.bytes else {
      throw JSONError(message: "the text is longer than \(limits.bytes) bytes", line: 1, column: 1)
    }
    var parser = JSONParser(bytes: bytes, limits: limits)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { parser.position = 3 }
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.count else { throw parser.error("unexpected text after the value") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> Value {
    count += 1
    guard count <= limits.count else { throw error("more than \(limits.count) values") }
    guard let byte = current else { throw error("the text ends where a value is expected") }
    switch byte {
    case UInt8(ascii: "{"): return try map(depth: depth + 1)
    case UInt8(ascii: "["): return try list(depth: depth + 1)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .double(.nan))
    case UInt8(ascii: "I"): return try word("Infinity", .double(.infinity))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "'"): throw error("strings stand in double quotes")
    default: throw error("expected a value")
    }
  }

  private mutating func map(depth: Int) throws(JSONError) -> Value {
    guard depth <= limits.depth else { throw error("more than \(limits.depth) levels deep") }
    position += 1
    skipSpace()
    var map = ValueMap()
    if take(UInt8(ascii: "}")) { return .map(map) }
    while true {
      guard current == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
      count += 1
      let key = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw error("expected ':' after a key") }
      skipSpace()
      map.updateValue(try value(depth: depth), forKey: .string(key))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .map(map) }
      guard take(UInt8(ascii: ",")) else { throw error("expected ',' or '}' after a value") }
      skipSpace()
    }
  }

  private mutating func list(depth: Int) throws(JSONError) -> Value {
    guard depth <= limits.depth else { throw error("more than \(limits.depth) levels deep") }
    position += 1
    skipSpace()
    var list: [Value] = []
    if take(UInt8(ascii: "]")) { return .list(list) }
    while true {
      list.append(try value(depth: depth))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .list(list) }
      guard take(UInt8(ascii: ",")) else { throw error("expected ',' or ']' after a value") }
      skipSpace()
    }
  }

  private mutating func word(_ word: String, _ value: Value) throws(JSONError) -> Value {
    guard bytes[position...].starts(with: word.utf8) else { throw error("expected a value") }
    position += word.utf8.count
    return value
  }

  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  /// A fault at the present position. Line and column are counted only now: good texts do not pay for them.
  func error(_ message: String) -> JSONError {
    let read = bytes[..<min(position, bytes.count)]
    let lineStart = read.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    return JSONError(
      message: message,
      line: read.count { $0 == 0x0a } + 1,
      column: read[lineStart...].count { $0 & 0xc0 != 0x80 } + 1,
    )
  }
}
