import HostSystem
public import Value

/// The default gateways: `ip_gw`, `ip4_gw`, `ip6_gw`. Each of the latter is an address, `True` for a route without one,
/// or `False`.
public struct GatewayCollector: GrainCollector {
  private static let isUp: UInt32 = 0x1
  private static let hasGateway: UInt32 = 0x2
  private static let isRejected: UInt32 = 0x200

  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    let four = ipv4(context.files)
    let six = ipv6(context.files)
    return ["ip_gw": .bool(four != false || six != false), "ip4_gw": four, "ip6_gw": six]
  }

  /// Columns of /proc/net/route: interface, destination, gateway, flags, …, mask in the eighth.
  private func ipv4(_ files: HostFiles) -> Value {
    for line in files.linesIfPresent("/proc/net/route").dropFirst() {
      let fields = line.fields()
      guard fields.count > 7, fields[1] == "00000000", fields[7] == "00000000",
        let flags = UInt32(fields[3], radix: 16), flags & Self.isUp != 0, flags & Self.isRejected == 0
      else { continue }
      guard flags & Self.hasGateway != 0, let gateway = HexAddress.littleEndian(fields[2]) else { return true }
      return .string(gateway.description)
    }
    return false
  }

  /// Columns of /proc/net/ipv6_route: destination, its prefix, source, its prefix, next hop, metric, two counters,
  /// flags, interface.
  private func ipv6(_ files: HostFiles) -> Value {
    let zeros = String(repeating: "0", count: 32)
    for line in files.linesIfPresent("/proc/net/ipv6_route") {
      let fields = line.fields()
      guard fields.count > 9, fields[0] == zeros, fields[1] == "00", let flags = UInt32(fields[8], radix: 16),
        flags & Self.isUp != 0, flags & Self.isRejected == 0
      else { continue }
      guard flags & Self.hasGateway != 0, let gateway = HexAddress.ipv6(fields[4]) else { return true }
      return .string(gateway.description)
    }
    return false
  }
}
