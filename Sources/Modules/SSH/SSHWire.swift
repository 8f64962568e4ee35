/// Reads strings of SSH's binary form: four bytes of length, then the bytes (RFC 4251, 5).
struct SSHWire {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// The first string; nil where there is none.
  func string() -> ArraySlice<UInt8>? {
    var copy = self
    return copy.next()
  }

  /// The next string.
  mutating func next() -> ArraySlice<UInt8>? {
    guard rest.count >= 4 else { return nil }
    let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard rest.count - 4 >= length else { return nil }
    let start = rest.startIndex + 4
    defer { rest = rest[(start + length)...] }
    return rest[start..<(start + length)]
  }

  /// Whether it begins with these bytes, which are then passed.
  mutating func skip(_ bytes: [UInt8]) -> Bool {
    guard rest.starts(with: bytes) else { return false }
    rest = rest.dropFirst(bytes.count)
    return true
  }
}
