import Grains
import Targeting
import Value

/// Interfaces in the shapes of Salt's `network` module.
struct InterfaceReport: Sendable {
  var interfaces: [NetworkInterface]

  /// `{up, parent, hwaddr, inet, inet6, secondary}`; what an interface has none of is left out.
  func value(of interface: NetworkInterface) -> Value {
    var result: ValueMap = ["up": .bool(interface.isUp)]
    result["parent"] = interface.parent.map(Value.string)
    result["hwaddr"] = interface.hardwareAddress.map(Value.string)
    for address in interface.addresses {
      var entry = Self.entry(of: address)
      var key = address.address.isIPv6 ? "inet6" : "inet"
      if address.isSecondary {
        var typed: ValueMap = ["type": .string(key)]
        for (name, value) in entry { typed[name] = value }
        entry = typed
        key = "secondary"
      }
      result[key] = .list((result[key]?.listValue ?? []) + [.map(entry)])
    }
    return .map(result)
  }

  static func entry(of address: NetworkInterface.Address) -> ValueMap {
    if address.address.isIPv6 {
      return [
        "address": .string(address.address.description), "prefixlen": .string(String(address.prefixLength)),
        "scope": .string(scope(of: address.address)),
      ]
    }
    let network = IPNetwork(containing: address.address, prefixLength: address.prefixLength)
    return [
      "address": .string(address.address.description), "netmask": .string(network.netmask.description),
      "broadcast": address.broadcast.map { .string($0.description) } ?? .null, "label": .string(address.label),
    ]
  }

  /// The addresses of the interfaces that the globs match, in order and each once.
  func addresses(isIPv6: Bool, globs: [String], withLoopback: Bool) -> [IPAddress] {
    let patterns = globs.map { Glob($0) }
    let matched = interfaces.filter { interface in
      globs.isEmpty || patterns.contains { $0.matches(interface.name) }
    }
    let all = matched.flatMap { $0.addresses.map(\.address) }
    return Set(all.filter { $0.isIPv6 == isIPv6 && (withLoopback || !$0.isLoopback) }).sorted()
  }

  /// The networks that the named interfaces are in, without the loopback's.
  func networks(isIPv6: Bool, names: [String], withLoopback: Bool = false) -> [IPNetwork] {
    let matched = interfaces.filter { names.isEmpty || names.contains($0.name) }
    let addresses = matched.flatMap(\.addresses).filter {
      $0.address.isIPv6 == isIPv6 && (withLoopback || !$0.address.isLoopback)
    }
    return Set(addresses.map { IPNetwork(containing: $0.address, prefixLength: $0.prefixLength) }).sorted()
  }

  private static func scope(of address: IPAddress) -> String {
    if address.isLoopback { return "host" }
    guard address.bytes[0] == 0xfe else { return "global" }
    switch address.bytes[1] & 0xc0 {
    case 0x80: return "link"
    case 0xc0: return "site"
    default: return "global"
    }
  }
}
