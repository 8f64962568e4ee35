public import Value

/// Addresses: `ip_interfaces`, `ip4_interfaces`, `ip6_interfaces`, `hwaddr_interfaces`, `ipv4`, `ipv6`.
public struct InterfaceCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    var all: ValueMap = [:]
    var four: ValueMap = [:]
    var six: ValueMap = [:]
    var hardware: ValueMap = [:]
    for interface in context.interfaces {
      let addresses = interface.orderedAddresses.map(\.address)
      all[interface.name] = .strings(addresses.map(\.description))
      four[interface.name] = .strings(addresses.filter { !$0.isIPv6 }.map(\.description))
      six[interface.name] = .strings(addresses.filter(\.isIPv6).map(\.description))
      hardware[interface.name] = interface.hardwareAddress.map(Value.string)
    }
    let addresses = Set(context.interfaces.flatMap { $0.addresses.map(\.address) }).sorted()
    return [
      "hwaddr_interfaces": .map(hardware),
      "ip4_interfaces": .map(four),
      "ip6_interfaces": .map(six),
      "ip_interfaces": .map(all),
      "ipv4": .strings(addresses.filter { !$0.isIPv6 }.map(\.description)),
      "ipv6": .strings(addresses.filter(\.isIPv6).map(\.description)),
    ]
  }
}
