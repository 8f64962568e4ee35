import OrderedCollections
import Value

/// An address or a network, matched against the grains `ipv4` and `ipv6`.
struct Subnet: Sendable {
  private let network: IPAddress
  private let prefix: Int
  private let grain: Value

  init(_ text: String, at position: SourcePosition) throws(TargetError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let address = parts.first.flatMap({ IPAddress($0) }) else {
      throw TargetError(
        .badSubnet, "This is no address or network; one looks like 10.0.0.7, 10.0.0.0/8 or fd00::/8.", at: position)
    }
    var prefix = address.bits
    if parts.count == 2 {
      let slash = position.advanced(by: parts[0].unicodeScalars.count + 1)
      guard let length = Self.prefix(parts[1], of: address) else {
        throw TargetError(.badSubnet, "A network's length is a number from 0 to \(address.bits).", at: slash)
      }
      guard address.masked(to: length) == address else {
        throw TargetError(
          .badSubnet, "This address has bits set beyond the first \(length), which its network has not.", at: position)
      }
      prefix = length
    }
    self.prefix = prefix
    network = address
    grain = address.isV6 ? "ipv6" : "ipv4"
  }

  /// A number of bits; for IPv4 also a mask (`255.255.255.0`) or its inverse.
  private static func prefix(_ text: Substring, of address: IPAddress) -> Int? {
    if !text.isEmpty, text.utf8.count <= 3, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return Int(text).flatMap { $0 <= address.bits ? $0 : nil }
    }
    guard !address.isV6, let mask = IPAddress(text), !mask.isV6 else { return nil }
    let masks = (0...32).map { IPAddress(isV6: false, high: 0, low: 0xFFFF_FFFF).masked(to: $0).low }
    return masks.firstIndex(of: mask.low) ?? masks.firstIndex(of: mask.low ^ 0xFFFF_FFFF)
  }

  func matches(_ grains: ValueMap) -> Bool {
    switch grains[grain] {
    case .list(let items): items.contains(where: contains)
    case let item?: contains(item)
    case nil: false
    }
  }

  private func contains(_ value: Value) -> Bool {
    guard case .string(let text) = value, let address = IPAddress(text), address.isV6 == network.isV6 else {
      return false
    }
    return address.masked(to: prefix) == network
  }
}
