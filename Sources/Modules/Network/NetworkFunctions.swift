public import Functions
import Grains
import HostSystem

/// `network.*`: addresses, routes, connections.
public enum NetworkFunctions {
  public static let all: [Function] = functions { NetworkInterface.all($0) }

  typealias InterfaceSource = @Sendable (HostFiles) -> [NetworkInterface]

  /// - Parameter source: for tests, which have interfaces of their own.
  static func functions(interfaces source: @escaping InterfaceSource) -> [Function] {
    interfaceFunctions(source) + addressFunctions(source) + [
      isPrivate, isLoopback, ipInSubnet, convertCIDR, calculateNetwork, reverseIP, hostname, fullName, routes,
      defaultRoute, arp, activeTCP, netstat, connect, ping,
    ] + hostFunctions + networkLists(source)
  }
}
