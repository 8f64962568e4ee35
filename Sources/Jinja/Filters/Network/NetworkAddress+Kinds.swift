extension NetworkAddress {
  /// Whether the address is of a kind (`private`, `loopback`, …), as Python's `ipaddress` decides it; nil for a word
  /// that names no kind.
  func isOfKind(_ name: String) -> Bool? {
    switch name {
    case "global", "public": !isPrivate
    case "private": isPrivate
    case "loopback", "lo": isIn(isV6 ? ["::1/128"] : ["127.0.0.0/8"])
    case "multicast": isIn(isV6 ? ["ff00::/8"] : ["224.0.0.0/4"])
    case "link-local", "linklocal", "link_local", "ll": isIn(isV6 ? ["fe80::/10"] : ["169.254.0.0/16"])
    case "site-local", "site_local", "sl": isV6 && isIn(["fec0::/10"])
    case "unspecified": number == 0 && prefix == nil
    case "reserved": isIn(isV6 ? Self.reservedV6 : ["240.0.0.0/4"])
    default: nil
    }
  }

  private var isPrivate: Bool {
    if isV6, number >> 32 == 0xffff { return NetworkAddress(isV6: false, number: number & 0xffff_ffff).isPrivate }
    return isIn(Self.privateBlocks) && !isIn(Self.publicExceptions)
  }

  private func isIn(_ blocks: [String]) -> Bool {
    blocks.contains { NetworkAddress($0)?.contains(self) ?? false }
  }

  private static let reservedV6 = [
    "::/8", "100::/8", "200::/7", "400::/6", "800::/5", "1000::/4", "4000::/3", "6000::/3", "8000::/3", "a000::/3",
    "c000::/3", "e000::/4", "f000::/5", "f800::/6", "fe00::/9",
  ]

  private static let privateBlocks = [
    "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
    "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32",
    "::1/128", "::/128", "::ffff:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
    "3fff::/20", "fc00::/7", "fe80::/10",
  ]

  private static let publicExceptions = [
    "192.0.0.9/32", "192.0.0.10/32", "2001:1::1/128", "2001:1::2/128", "2001:3::/32", "2001:4:112::/48",
    "2001:20::/28", "2001:30::/28",
  ]
}
