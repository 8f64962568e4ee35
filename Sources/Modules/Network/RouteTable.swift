import Grains
import HostSystem
import Value

/// The routes of `/proc/net/route` and `/proc/net/ipv6_route`, in the words of netstat(8).
struct RouteTable: Sendable {
  struct Route: Sendable, Hashable {
    var family: String
    var destination: String
    var gateway: String
    var netmask: String
    var flags: String
    var interface: String

    var isDefault: Bool { destination == "0.0.0.0" && netmask == "0.0.0.0" || destination == "::/0" }

    var value: Value {
      [
        "addr_family": .string(family), "destination": .string(destination), "gateway": .string(gateway),
        "netmask": .string(netmask), "flags": .string(flags), "interface": .string(interface),
      ]
    }
  }

  var files: HostFiles

  /// - Parameter family: `inet`, `inet6`, or nil for both.
  func routes(_ family: String? = nil) -> [Route] {
    (family == "inet6" ? [] : files.linesIfPresent("/proc/net/route").dropFirst().compactMap(Self.ipv4))
      + (family == "inet" ? [] : files.linesIfPresent("/proc/net/ipv6_route").compactMap(Self.ipv6))
  }

  /// Columns: interface, destination, gateway, flags, references, use, metric, mask.
  private static func ipv4(_ line: String) -> Route? {
    let fields = line.fields()
    guard fields.count > 7, let destination = HexAddress.littleEndian(fields[1]),
      let gateway = HexAddress.littleEndian(fields[2]), let flags = UInt32(fields[3], radix: 16),
      let mask = HexAddress.littleEndian(fields[7])
    else { return nil }
    let letters: [(UInt32, Character)] = [(0x2, "G"), (0x4, "H"), (0x8, "R"), (0x10, "D"), (0x20, "M")]
    return Route(
      family: "inet", destination: destination.description, gateway: gateway.description, netmask: mask.description,
      flags: text(flags, letters), interface: fields[0])
  }

  /// Columns: destination, prefix, source, prefix, next hop, metric, references, use, flags, interface.
  private static func ipv6(_ line: String) -> Route? {
    let fields = line.fields()
    guard fields.count > 9, let destination = HexAddress.ipv6(fields[0]), let prefix = Int(fields[1], radix: 16),
      let gateway = HexAddress.ipv6(fields[4]), let flags = UInt32(fields[8], radix: 16)
    else { return nil }
    let letters: [(UInt32, Character)] = [
      (0x2, "G"), (0x4, "H"), (0x1_0000, "D"), (0x4_0000, "A"), (0x100_0000, "C"), (0x2_0000, "a"), (0x40_0000, "e"),
      (0x20, "m"), (0x20_0000, "n"), (0x200_0000, "f"),
    ]
    return Route(
      family: "inet6", destination: "\(destination)/\(prefix)", gateway: gateway.description, netmask: "",
      flags: text(flags, letters), interface: fields[9])
  }

  private static func text(_ flags: UInt32, _ letters: [(UInt32, Character)]) -> String {
    (flags & 0x200 != 0 ? "!" : "U") + String(letters.filter { flags & $0.0 != 0 }.map(\.1))
  }
}
