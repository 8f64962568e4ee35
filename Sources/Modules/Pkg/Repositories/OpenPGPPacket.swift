/// One packet of an OpenPGP message (RFC 9580, 4.2).
struct OpenPGPPacket: Sendable, Hashable {
  var tag: UInt8
  var body: ArraySlice<UInt8>

  /// Takes one packet off the front; nil for what is none, is cut off, or has no length of its own.
  init?(_ rest: inout ArraySlice<UInt8>) {
    var bytes = rest
    guard let header = bytes.popFirst(), header & 0x80 != 0 else { return nil }
    let count: Int
    if header & 0x40 == 0 {
      tag = header >> 2 & 15
      guard header & 3 < 3, let length = Self.number(1 << Int(header & 3), &bytes) else { return nil }
      count = length
    } else {
      tag = header & 63
      guard let first = bytes.popFirst() else { return nil }
      switch first {
      case ..<192: count = Int(first)
      case ..<224:
        guard let second = bytes.popFirst() else { return nil }
        count = (Int(first) - 192) << 8 + Int(second) + 192
      case 255:
        guard let length = Self.number(4, &bytes) else { return nil }
        count = length
      default: return nil
      }
    }
    guard count <= bytes.count else { return nil }
    body = bytes.prefix(count)
    rest = bytes.dropFirst(count)
  }

  private static func number(_ size: Int, _ bytes: inout ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= size else { return nil }
    defer { bytes = bytes.dropFirst(size) }
    return bytes.prefix(size).reduce(0) { $0 << 8 | Int($1) }
  }
}
