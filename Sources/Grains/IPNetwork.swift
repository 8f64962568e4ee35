/// A block of addresses: an address with its host bits cleared, and the length of the prefix.
public struct IPNetwork: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let address: IPAddress
  public let prefixLength: Int

  /// The block that the address is in; the prefix is cut to what the address has.
  public init(containing address: IPAddress, prefixLength: Int) {
    let length = min(max(prefixLength, 0), address.bytes.count * 8)
    let masked = zip(address.bytes, Self.mask(length, byteCount: address.bytes.count)).map { $0 & $1 }
    self.address = IPAddress(bytes: masked) ?? address
    self.prefixLength = length
  }

  /// Reads `192.0.2.0/24`, `192.0.2.0/255.255.255.0` or a lone address.
  ///
  /// - Parameter isStrict: refuses an address with host bits, as Python does.
  public init?(_ text: String, isStrict: Bool = false) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let first = parts.first, let address = IPAddress(first) else { return nil }
    var length = address.bytes.count * 8
    if parts.count == 2 {
      if let number = Int(parts[1]), parts[1].utf8.allSatisfy({ (48...57).contains($0) }) {
        guard (0...length).contains(number) else { return nil }
        length = number
      } else {
        guard let mask = IPAddress(parts[1]), !mask.isIPv6, !address.isIPv6,
          let number = Self.prefixLength(ofMask: mask.bytes)
        else { return nil }
        length = number
      }
    }
    self.init(containing: address, prefixLength: length)
    if isStrict, self.address != address { return nil }
  }

  public var description: String { "\(address)/\(prefixLength)" }

  public func contains(_ other: IPAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    return zip(zip(other.bytes, netmask.bytes), address.bytes).allSatisfy { $0.0 & $0.1 == $1 }
  }

  public var netmask: IPAddress {
    IPAddress(bytes: Self.mask(prefixLength, byteCount: address.bytes.count)) ?? address
  }

  /// The last address of the block.
  public var broadcast: IPAddress {
    IPAddress(bytes: zip(address.bytes, netmask.bytes).map { $0 | ~$1 }) ?? address
  }

  public static func < (left: IPNetwork, right: IPNetwork) -> Bool {
    left.address == right.address ? left.prefixLength < right.prefixLength : left.address < right.address
  }

  /// The number of leading ones of a mask; nil when ones follow a zero.
  static func prefixLength(ofMask bytes: [UInt8]) -> Int? {
    let length = bytes.reduce(0) { $0 + $1.nonzeroBitCount }
    return mask(length, byteCount: bytes.count) == bytes ? length : nil
  }

  private static func mask(_ length: Int, byteCount: Int) -> [UInt8] {
    (0..<byteCount).map { index in
      let ones = min(max(length - index * 8, 0), 8)
      return ones == 0 ? 0 : UInt8(truncatingIfNeeded: 0xff << (8 - ones))
    }
  }
}
