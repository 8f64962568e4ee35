import Glibc

/// An IPv4 or IPv6 address. Ordered as numbers, IPv4 first.
public struct IPAddress: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// 4 or 16 bytes, in the order they are written.
  public let bytes: [UInt8]

  /// Nil unless there are 4 or 16 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else, names and zone suffixes included.
  public init?(_ text: String) {
    var buffer = [UInt8](repeating: 0, count: 16)
    if text.contains(":") {
      guard inet_pton(AF_INET6, text, &buffer) == 1 else { return nil }
      bytes = buffer
    } else {
      guard inet_pton(AF_INET, text, &buffer) == 1 else { return nil }
      bytes = Array(buffer.prefix(4))
    }
  }

  public var isIPv6: Bool { bytes.count == 16 }

  public var description: String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(isIPv6 ? AF_INET6 : AF_INET, bytes, &buffer, socklen_t(buffer.count)) != nil else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  public static func < (left: IPAddress, right: IPAddress) -> Bool {
    left.bytes.count == right.bytes.count
      ? left.bytes.lexicographicallyPrecedes(right.bytes) : left.bytes.count < right.bytes.count
  }

  public var isLoopback: Bool { isIPv6 ? bytes == [UInt8](repeating: 0, count: 15) + [1] : bytes[0] == 127 }

  /// Whether the address is of a block that is not routed in the Internet, as Python's `ipaddress` decides it.
  public var isPrivate: Bool {
    !Self.publicExceptions.contains { $0.contains(self) } && Self.privateBlocks.contains { $0.contains(self) }
  }

  /// The IPv4 address in `::ffff:192.0.2.1`; the address itself otherwise.
  public var unmapped: IPAddress {
    guard isIPv6, bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xff, bytes[11] == 0xff else { return self }
    return IPAddress(bytes: Array(bytes.suffix(4))) ?? self
  }

  private static let privateBlocks = networks(
    "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
    "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32",
    "::1/128", "::/128", "::ffff:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
    "3fff::/20", "fc00::/7", "fe80::/10")

  private static let publicExceptions = networks(
    "192.0.0.9/32", "192.0.0.10/32", "2001:1::1/128", "2001:1::2/128", "2001:3::/32", "2001:4:112::/48",
    "2001:20::/28", "2001:30::/28")

  private static func networks(_ texts: String...) -> [IPNetwork] { texts.compactMap { IPNetwork($0) } }
}
