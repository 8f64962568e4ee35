import Glibc
public import HostSystem

extension NetworkInterface {
  /// The interfaces of this machine in the kernel's order: addresses from getifaddrs(3), the rest from `/sys/class/net`
  /// and `/proc/net/if_inet6`. Empty when the kernel does not answer.
  public static func all(_ files: HostFiles) -> [NetworkInterface] {
    var head: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&head) == 0 else { return [] }
    defer { freeifaddrs(head) }
    let temporary = temporaryAddresses(files)
    var interfaces: [NetworkInterface] = []
    var next = head
    while let entry = next?.pointee {
      next = entry.ifa_next
      guard let namePointer = entry.ifa_name else { continue }
      let label = String(cString: namePointer)
      let name = String(label.prefix { $0 != ":" })
      let index =
        interfaces.firstIndex { $0.name == name }
        ?? {
          interfaces.append(
            NetworkInterface(
              name: name, isUp: entry.ifa_flags & UInt32(IFF_UP) != 0,
              hardwareAddress: hardwareAddress(name, files), parent: parent(name, files)))
          return interfaces.count - 1
        }()
      guard let address = entry.ifa_addr.flatMap(address(at:)) else { continue }
      let mask = entry.ifa_netmask.flatMap(Self.address(at:))
      let length = mask.map { $0.bytes.reduce(0) { $0 + $1.nonzeroBitCount } } ?? address.bytes.count * 8
      let hasBroadcast = !address.isIPv6 && entry.ifa_flags & UInt32(IFF_BROADCAST) != 0
      let network = IPNetwork(containing: address, prefixLength: length)
      interfaces[index].addresses.append(
        Address(
          address, prefixLength: length,
          broadcast: hasBroadcast ? entry.ifa_ifu.ifu_broadaddr.flatMap(Self.address(at:)) : nil, label: label,
          isSecondary: address.isIPv6
            ? temporary.contains(address)
            : interfaces[index].addresses.contains {
              IPNetwork(containing: $0.address, prefixLength: $0.prefixLength) == network
            }))
    }
    return interfaces
  }

  private static func address(at pointer: UnsafeMutablePointer<sockaddr>) -> IPAddress? {
    switch Int32(pointer.pointee.sa_family) {
    case AF_INET:
      pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { socketAddress in
        withUnsafeBytes(of: socketAddress.pointee.sin_addr) { IPAddress(bytes: Array($0)) }
      }
    case AF_INET6:
      pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { socketAddress in
        withUnsafeBytes(of: socketAddress.pointee.sin6_addr) { IPAddress(bytes: Array($0)) }
      }
    default: nil
    }
  }

  private static func hardwareAddress(_ name: String, _ files: HostFiles) -> String? {
    files.firstLine("/sys/class/net/\(name)/address")
  }

  private static func parent(_ name: String, _ files: HostFiles) -> String? {
    func number(_ file: String, of name: String) -> Int? {
      files.firstLine("/sys/class/net/\(name)/\(file)").flatMap { Int($0) }
    }
    guard let own = number("ifindex", of: name), let link = number("iflink", of: name), own != link else { return nil }
    guard link != 0 else { return "NONE" }
    let other = files.entriesIfPresent("/sys/class/net").first { number("ifindex", of: $0) == link }
    return other ?? "if\(link)"
  }

  /// IPv6 privacy addresses: those with the flag 0x01 in `/proc/net/if_inet6`.
  private static func temporaryAddresses(_ files: HostFiles) -> Set<IPAddress> {
    var found: Set<IPAddress> = []
    for line in files.linesIfPresent("/proc/net/if_inet6") {
      let fields = line.fields()
      guard fields.count >= 6, let flags = UInt32(fields[4], radix: 16), flags & 1 != 0,
        let address = HexAddress.ipv6(fields[0])
      else { continue }
      found.insert(address)
    }
    return found
  }
}
