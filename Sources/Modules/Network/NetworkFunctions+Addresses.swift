import Functions
import Grains
import Value

extension NetworkFunctions {
  static func addressFunctions(_ source: @escaping InterfaceSource) -> [Function] {
    ["network.ip_addrs", "network.ipaddrs"].map { addresses($0, isIPv6: false, source) }
      + ["network.ip_addrs6", "network.ipaddrs6"].map { addresses($0, isIPv6: true, source) }
      + [subnets("network.subnets", isIPv6: false, source), subnets("network.subnets6", isIPv6: true, source)]
      + [inSubnet(source)]
  }

  private static func addresses(
    _ function: String, isIPv6: Bool, _ source: @escaping InterfaceSource
  ) -> Function {
    var parameters: [Parameter] = [
      .optional("interface", .stringList, "Only of these interfaces; globs are allowed."),
      .optional("include_loopback", .bool, default: false, "Also the loopback's."),
      .optional("cidr", .string, "Only those in this network."),
    ]
    if !isIPv6 {
      parameters.append(.optional("type", .string, "Only these.", choices: ["public", "private"]))
    }
    return Function(
      function, "Lists the host's \(isIPv6 ? "IPv6" : "IPv4") addresses.",
      details:
        "Returns a list of texts. Example: `brine run '*' \(function) cidr=\(isIPv6 ? "2000::/3" : "10.0.0.0/8")`.",
      effect: .read, parameters: parameters
    ) { arguments, context in
      var found = InterfaceReport(interfaces: source(context.files)).addresses(
        isIPv6: isIPv6, globs: arguments.strings("interface"), withLoopback: arguments.bool("include_loopback"))
      if let text = arguments.optionalString("cidr") {
        let network = try network(text, function)
        found = found.filter { network.contains($0) }
      } else if !isIPv6, let type = arguments.optionalString("type") {
        found = found.filter { $0.isPrivate == (type == "private") }
      }
      return .strings(found.map(\.description))
    }
  }

  private static func subnets(
    _ function: String, isIPv6: Bool, _ source: @escaping InterfaceSource
  ) -> Function {
    Function(
      function, "Lists the \(isIPv6 ? "IPv6" : "IPv4") networks that the host is in.",
      details: "Returns a list such as `['192.0.2.0/24']`. Example: `brine run '*' \(function)`.", effect: .read,
      parameters: isIPv6 ? [] : [.optional("interfaces", .stringList, "Only of these interfaces.")]
    ) { arguments, context in
      let names = isIPv6 ? [] : arguments.strings("interfaces")
      let report = InterfaceReport(interfaces: source(context.files))
      return .strings(report.networks(isIPv6: isIPv6, names: names).map(\.description))
    }
  }

  private static func inSubnet(_ source: @escaping InterfaceSource) -> Function {
    Function(
      "network.in_subnet", "Says whether the host has an address in a network.",
      details: "Returns true or false. Example: `brine run '*' network.in_subnet 10.0.0.0/16`.", effect: .read,
      parameters: [.required("cidr", .string, "The network.")]
    ) { arguments, context in
      let network = try network(arguments.string("cidr"), "network.in_subnet")
      let report = InterfaceReport(interfaces: source(context.files))
      let isIPv6 = network.address.isIPv6
      return .bool(report.addresses(isIPv6: isIPv6, globs: [], withLoopback: false).contains { network.contains($0) })
    }
  }

  static let isPrivate = predicate(
    "network.is_private", "Says whether an address is of a private block.", example: "10.0.0.3"
  ) { $0.isPrivate }

  static let isLoopback = predicate(
    "network.is_loopback", "Says whether an address is the loopback's.", example: "127.0.0.1"
  ) { $0.isLoopback }

  static let ipInSubnet = Function(
    "network.ip_in_subnet", "Says whether an address is in a network.",
    details: "Returns true or false. Example: `brine run web1 network.ip_in_subnet 172.17.0.4 172.16.0.0/12`.",
    effect: .read,
    parameters: [.required("ip_addr", .string, "The address."), .required("cidr", .string, "The network.")]
  ) { arguments, _ in
    let network = try network(arguments.string("cidr"), "network.ip_in_subnet")
    return .bool(network.contains(try address(arguments, "network.ip_in_subnet")))
  }

  static let convertCIDR = Function(
    "network.convert_cidr", "Gives the first address, the mask and the last address of a network.",
    details: "Returns `{network, netmask, broadcast}`. Example: `brine run web1 network.convert_cidr 172.31.0.0/16`.",
    effect: .read, parameters: [.required("cidr", .string, "The network, or an address in it with its prefix.")]
  ) { arguments, _ in
    let network = try network(arguments.string("cidr"), "network.convert_cidr", isStrict: false)
    return [
      "network": .string(network.address.description), "netmask": .string(network.netmask.description),
      "broadcast": .string(network.broadcast.description),
    ]
  }

  static let calculateNetwork = Function(
    "network.calc_net", "Gives the network that an address is in.",
    details: "Returns text. Example: `brine run web1 network.calc_net 172.17.0.5 255.255.255.240`.", effect: .read,
    parameters: [
      .required("ip_addr", .string, "The address, with or without its prefix."),
      .optional("netmask", .string, "The mask, or the length of the prefix."),
    ]
  ) { arguments, _ in
    let text = arguments.string("ip_addr") + (arguments.optionalString("netmask").map { "/\($0)" } ?? "")
    return .string(try network(text, "network.calc_net", isStrict: false).description)
  }

  static let reverseIP = Function(
    "network.reverse_ip", "Gives the name under which DNS keeps an address's name.",
    details: """
      Returns text such as `1.2.0.192.in-addr.arpa`. Example: `brine run web1 network.reverse_ip 192.0.2.1`.
      """,
    effect: .read, parameters: [.required("ip_addr", .string, "The address.")]
  ) { arguments, _ in
    let address = try address(arguments, "network.reverse_ip")
    guard address.isIPv6 else {
      return .string(address.bytes.reversed().map { String($0) }.joined(separator: ".") + ".in-addr.arpa")
    }
    let digits = address.bytes.reversed().flatMap { [String($0 & 15, radix: 16), String($0 >> 4, radix: 16)] }
    return .string(digits.joined(separator: ".") + ".ip6.arpa")
  }

  private static func predicate(
    _ function: String, _ summary: String, example: String, _ test: @escaping @Sendable (IPAddress) -> Bool
  ) -> Function {
    Function(
      function, summary, details: "Returns true or false. Example: `brine run web1 \(function) \(example)`.",
      effect: .read, parameters: [.required("ip_addr", .string, "The address.")]
    ) { arguments, _ in .bool(test(try address(arguments, function))) }
  }

  private static func address(_ arguments: Arguments, _ function: String) throws(FunctionError) -> IPAddress {
    let text = arguments.string("ip_addr")
    if let address = IPAddress(text) { return address }
    throw FunctionError(.badArguments, "\(function): '\(text)' is not an address.")
  }

  private static func network(
    _ text: String, _ function: String, isStrict: Bool = true
  ) throws(FunctionError) -> IPNetwork {
    if let network = IPNetwork(text, isStrict: isStrict) { return network }
    let loose = IPNetwork(text)
    throw FunctionError(
      .badArguments, "\(function): '\(text)' is not a network.", hint: loose.map { "Did you mean \($0)?" })
  }
}
