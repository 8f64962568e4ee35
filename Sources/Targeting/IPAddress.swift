import Glibc

/// An IPv4 or IPv6 address as a number.
struct IPAddress: Sendable, Hashable {
  let isV6: Bool
  let high: UInt64
  let low: UInt64

  init(isV6: Bool, high: UInt64, low: UInt64) {
    self.isV6 = isV6
    self.high = high
    self.low = low
  }

  init?(_ text: some StringProtocol) {
    guard (2...45).contains(text.utf8.count), !text.utf8.contains(0) else { return nil }
    isV6 = text.utf8.contains(UInt8(ascii: ":"))
    var bytes: (UInt64, UInt64) = (0, 0)
    let family = isV6 ? AF_INET6 : AF_INET
    let isValid = withUnsafeMutableBytes(of: &bytes) { buffer in
      text.withCString { inet_pton(family, $0, buffer.baseAddress) == 1 }
    }
    guard isValid else { return nil }
    if isV6 {
      high = UInt64(bigEndian: bytes.0)
      low = UInt64(bigEndian: bytes.1)
    } else {
      high = 0
      low = UInt64(bigEndian: bytes.0) >> 32
    }
  }

  var bits: Int { isV6 ? 128 : 32 }

  /// The address with all but the first bits cleared.
  func masked(to prefix: Int) -> IPAddress {
    guard isV6 else { return IPAddress(isV6: false, high: 0, low: low & Self.mask(prefix + 32)) }
    return IPAddress(
      isV6: true, high: high & Self.mask(min(prefix, 64)), low: low & Self.mask(max(prefix - 64, 0)))
  }

  /// The first `count` of 64 bits set.
  private static func mask(_ count: Int) -> UInt64 { count == 0 ? 0 : ~0 << UInt64(64 - count) }
}
