import HostSystem
public import Value

/// The name servers of resolv.conf(5): `dns`.
public struct ResolverCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    // systemd-resolved keeps the real servers here; /etc/resolv.conf only names its stub.
    let candidates = ["/run/systemd/resolve/resolv.conf", "/etc/resolv.conf"]
    guard let path = candidates.first(where: { context.files.exists($0) }) else { return [:] }
    var servers: [IPAddress] = []
    var domain = ""
    var search: [String] = []
    var sortlist: [String] = []
    var options: [String] = []
    for line in context.files.linesIfPresent(path).prefix(1000) {
      let fields = line.fields()
      let words = fields.dropFirst().prefix { !$0.hasPrefix("#") && !$0.hasPrefix(";") }
      guard let directive = fields.first?.lowercased(), let first = words.first else { continue }
      switch directive {
      case "nameserver":
        if let address = IPAddress(first), !servers.contains(address) { servers.append(address) }
      case "domain": domain = first
      case "search": search = Array(words)
      case "sortlist":
        for word in words {
          guard let network = sortNetwork(word), !sortlist.contains(network) else { continue }
          sortlist.append(network)
        }
      case "options": if !options.contains(first) { options.append(first) }
      default: break
      }
    }
    let dns: Value = [
      "nameservers": .strings(servers.map(\.description)),
      "ip4_nameservers": .strings(servers.filter { !$0.isIPv6 }.map(\.description)),
      "ip6_nameservers": .strings(servers.filter(\.isIPv6).map(\.description)),
      "sortlist": .strings(sortlist),
      "domain": .string(domain),
      "search": .strings(search),
      "options": .strings(options),
    ]
    return ["dns": dns]
  }

  /// `address/netmask`; without a mask that of the address's class.
  private func sortNetwork(_ word: String) -> String? {
    guard let network = IPNetwork(word, isStrict: true) else { return nil }
    guard !word.contains("/"), !network.address.isIPv6 else { return "\(network.address)/\(network.netmask)" }
    let length =
      switch network.address.bytes[0] {
      case ..<128: 8
      case ..<192: 16
      default: 24
      }
    let natural = IPNetwork(containing: network.address, prefixLength: length)
    return "\(natural.address)/\(natural.netmask)"
  }
}
