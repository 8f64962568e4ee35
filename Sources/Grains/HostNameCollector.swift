import HostSystem
public import Value

/// The host's names: `localhost`, `fqdn`, `host`, `domain`, `fqdn_ip4`, `fqdn_ip6`, `fqdns`.
public struct HostNameCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    let name = context.kernel.nodeName
    let found = await resolved(name, context) ?? fromHosts(name, context.files)
    let fqdn = found?.name ?? name
    let parts = fqdn.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let addresses = found?.addresses ?? []
    return [
      "localhost": .string(name),
      "fqdn": .string(fqdn),
      "host": .string(String(parts.first ?? "")),
      "domain": .string(parts.count > 1 ? String(parts[1]) : ""),
      "fqdn_ip4": .strings(addresses.filter { !$0.isIPv6 }.map(\.description)),
      "fqdn_ip6": .strings(addresses.filter(\.isIPv6).map(\.description)),
      "fqdns": .strings(ownNames(context)),
    ]
  }

  private struct Resolution {
    var name: String
    var addresses: [IPAddress]
  }

  /// Asks the host's resolver, in a program of its own: a name server that does not answer must not hold up the minion.
  private func resolved(_ name: String, _ context: GrainContext) async -> Resolution? {
    guard !name.isEmpty, !name.hasPrefix("-"),
      let output = await context.output("getent", "ahosts", name, timeout: .seconds(2))
    else { return nil }
    var addresses: [IPAddress] = []
    var canonical: String?
    for line in output.splitLines() {
      let fields = line.fields()
      guard let first = fields.first, let address = IPAddress(first) else { continue }
      if !addresses.contains(address) { addresses.append(address) }
      // Only the first line has the canonical name.
      if fields.count > 2, canonical == nil { canonical = fields[2] }
    }
    return addresses.isEmpty ? nil : Resolution(name: canonical ?? name, addresses: addresses)
  }

  /// The names that /etc/hosts has for the host's own addresses. Name servers are not asked for each address: one that
  /// does not answer would hold up the minion, again and again.
  private func ownNames(_ context: GrainContext) -> [String] {
    let own = Set(context.interfaces.flatMap(\.addresses).map(\.address).filter { !$0.isLoopback })
    let names = context.files.linesIfPresent("/etc/hosts").compactMap { line -> String? in
      let fields = String(line.prefix { $0 != "#" }).fields()
      guard fields.count > 1, let address = IPAddress(fields[0]), own.contains(address) else { return nil }
      return fields[1]
    }
    return Set(names).sorted()
  }

  /// The first name on a line of /etc/hosts that names the host.
  private func fromHosts(_ name: String, _ files: HostFiles) -> Resolution? {
    var resolution: Resolution?
    for line in files.linesIfPresent("/etc/hosts") {
      let fields = String(line.prefix { $0 != "#" }).fields()
      guard fields.dropFirst().contains(name), let address = IPAddress(fields[0]) else { continue }
      if resolution == nil { resolution = Resolution(name: fields[1], addresses: []) }
      resolution?.addresses.append(address)
    }
    return resolution
  }
}
