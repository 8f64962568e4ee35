import Functions
import Grains
import Value

extension NetworkFunctions {
  static func interfaceFunctions(_ source: @escaping InterfaceSource) -> [Function] {
    [interfaces(source), interface(source), interfaceIP(source), interfaceStartsWith(source)]
      + ["network.hw_addr", "network.hwaddr"].map { hardwareAddress($0, source) }
  }

  private static func interfaces(_ source: @escaping InterfaceSource) -> Function {
    Function(
      "network.interfaces", "Describes all network interfaces.",
      details: """
        Returns name → `{up, parent, hwaddr, inet: [{address, netmask, broadcast, label}], \
        inet6: [{address, prefixlen, scope}], secondary: […]}`. Example: `brine run web1 network.interfaces`.
        """,
      effect: .read
    ) { _, context in
      let report = InterfaceReport(interfaces: source(context.files))
      return PsFunctions.map(report.interfaces.map { ($0.name, report.value(of: $0)) })
    }
  }

  private static func interface(_ source: @escaping InterfaceSource) -> Function {
    Function(
      "network.interface", "Gives the IPv4 addresses of an interface.",
      details: """
        Returns a list of `{address, netmask, broadcast, label}`, or an empty text when it has none. \
        Example: `brine run web1 network.interface eth0`.
        """,
      effect: .read, parameters: [name]
    ) { arguments, context in
      let found = try named(arguments, source(context.files), "network.interface").addresses
        .filter { !$0.address.isIPv6 && !$0.isSecondary }
      return found.isEmpty ? "" : .list(found.map { .map(InterfaceReport.entry(of: $0)) })
    }
  }

  private static func interfaceIP(_ source: @escaping InterfaceSource) -> Function {
    Function(
      "network.interface_ip", "Gives the first IPv4 address of an interface.",
      details: "Returns text, empty when it has none. Example: `brine run web1 network.interface_ip eth0`.",
      effect: .read, parameters: [name]
    ) { arguments, context in
      let found = try named(arguments, source(context.files), "network.interface_ip").addresses
      return .string(found.first { !$0.address.isIPv6 }?.address.description ?? "")
    }
  }

  private static func hardwareAddress(_ function: String, _ source: @escaping InterfaceSource) -> Function {
    Function(
      function, "Gives the hardware (MAC) address of an interface.",
      details: "Returns text, empty when it has none. Example: `brine run web1 \(function) eth0`.", effect: .read,
      parameters: [name]
    ) { arguments, context in
      .string(try named(arguments, source(context.files), function).hardwareAddress ?? "")
    }
  }

  private static func interfaceStartsWith(_ source: @escaping InterfaceSource) -> Function {
    Function(
      "network.ifacestartswith", "Finds interfaces by the beginning of their IPv4 addresses.",
      details: "Returns a list of names. Example: `brine run web1 network.ifacestartswith 10.0`.", effect: .read,
      parameters: [.required("cidr", .string, "The beginning of an address.")]
    ) { arguments, context in
      let start = arguments.string("cidr")
      let labels = source(context.files).flatMap { interface in
        interface.addresses.filter { !$0.address.isIPv6 && !$0.isSecondary && $0.address.description.hasPrefix(start) }
          .map { $0.label.isEmpty ? interface.name : $0.label }
      }
      return .strings(labels)
    }
  }

  private static let name = Parameter.required("iface", .string, "The interface's name.")

  private static func named(
    _ arguments: Arguments, _ interfaces: [NetworkInterface], _ function: String
  ) throws(FunctionError) -> NetworkInterface {
    let name = arguments.string("iface")
    if let found = interfaces.first(where: { $0.name == name }) { return found }
    throw FunctionError(
      .notFound, "\(function): there is no interface '\(name)' here.",
      hint: "There are \(interfaces.map(\.name).joined(separator: ", ")).")
  }
}
