import Functions
import Grains
import HostSystem
import OrderedCollections
import Value

extension NetworkFunctions {
  static let hostFunctions: [Function] =
    [modHostname, getRoute, hexadecimal]
    + ["network.ip_neighs", "network.ipneighs"].map { neighbours($0, isIPv6: false) }
    + ["network.ip_neighs6", "network.ipneighs6"].map { neighbours($0, isIPv6: true) }

  static let modHostname = Function(
    "network.mod_hostname", "Sets the host's name, also in /etc/hosts and /etc/hostname.", details: "Returns True.",
    effect: .change, parameters: [.required("hostname", .string, "The name.")]
  ) { arguments, context in
    guard let name = HostLookup.checked(arguments.string("hostname")), IPAddress(name) == nil else {
      throw FunctionError(.badArguments, "'\(arguments.string("hostname"))' is not the name of a host.")
    }
    if context.isTest { return true }
    let old: String
    if context.commands.which("hostnamectl") != nil, context.files.isDirectory("/run/systemd/system") {
      old = try await context.output(of: ["hostnamectl", "--static"], package: "systemd").trimmed()
      guard try await context.commands.run("hostnamectl", "set-hostname", name).isSuccess else { return false }
    } else {
      old = try await context.output(of: ["hostname", "-f"], package: "hostname").trimmed()
      _ = try await context.output(of: ["hostname", name], package: "hostname")
    }
    do {
      let lines = context.files.linesIfPresent("/etc/hosts").map { line -> String in
        let words = line.fields()
        guard !old.isEmpty, words.contains(old), !line.hasPrefix("#") else { return line }
        return words.map { $0 == old ? name : $0 }.joined(separator: "\t")
      }
      if !lines.isEmpty { try context.files.write("/etc/hosts", text: lines.map { $0 + "\n" }.joined()) }
      if context.grains["os_family"] == "Debian" { try context.files.write("/etc/hostname", text: name + "\n") }
    } catch let error as HostError { throw FunctionError(.failed, error.message) }
    return true
  }

  private static let getRoute = Function(
    "network.get_route", "Gives the route to an address.",
    details: "Returns `{destination, gateway, interface, source}`.", effect: .inspect,
    parameters: [.required("ip", .string, "The address.")]
  ) { arguments, context in
    guard let address = IPAddress(arguments.string("ip")) else {
      throw FunctionError(.badArguments, "'\(arguments.string("ip"))' is not an address.")
    }
    let words = try await context.output(of: ["ip", "route", "get", address.description], package: "iproute2").fields()
    func after(_ word: String) -> Value {
      guard let index = words.firstIndex(of: word), index + 1 < words.count else { return .null }
      return .string(words[index + 1])
    }
    return [
      "destination": .string(arguments.string("ip")), "gateway": after("via"), "interface": after("dev"),
      "source": after("src"),
    ]
  }

  private static func neighbours(_ name: String, isIPv6: Bool) -> Function {
    Function(
      name, "Lists the neighbours that the host has \(isIPv6 ? "IPv6" : "IPv4") addresses of.",
      details: "Returns hardware address → address.", effect: .inspect
    ) { _, context in
      var map: ValueMap = [:]
      for line in try await context.output(of: ["ip", "neigh", "show"], package: "iproute2").splitLines() {
        let words = line.fields()
        guard words.count > 4, words[0].contains(":") == isIPv6 else { continue }
        map[words[4]] = .string(words[0])
      }
      return .map(map)
    }
  }

  private static let hexadecimal = Function(
    "network.iphexval", "Gives an IPv4 address in hexadecimal digits.", effect: .read,
    parameters: [.required("ip", .string, "The address.")]
  ) { arguments, _ in
    let numbers = arguments.string("ip").split(separator: ".", omittingEmptySubsequences: false).compactMap {
      UInt8($0)
    }
    guard numbers.count == 4 else {
      throw FunctionError(.badArguments, "'\(arguments.string("ip"))' is not an IPv4 address.")
    }
    return .string(
      numbers.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined())
  }

  static func networkLists(_ source: @escaping InterfaceSource) -> [Function] {
    [false, true].map { isIPv6 in
      Function(
        "network.ip_networks\(isIPv6 ? "6" : "")",
        "Lists the \(isIPv6 ? "IPv6" : "IPv4") networks that the host is in.",
        details: "Returns a list, or with `verbose` network → `{address, netmask, num_addresses, prefixlen}`.",
        effect: .read,
        parameters: [
          .optional("interface", .stringList, "Only of these interfaces."),
          .optional("include_loopback", .bool, default: false, "Also the loopback's."),
          .optional("verbose", .bool, default: false, "With their parts."),
        ]
      ) { arguments, context in
        let networks = InterfaceReport(interfaces: source(context.files)).networks(
          isIPv6: isIPv6, names: arguments.strings("interface"), withLoopback: arguments.bool("include_loopback"))
        guard arguments.bool("verbose") else { return .strings(networks.map(\.description)) }
        var map: ValueMap = [:]
        for network in networks {
          let parts = network.description.split(separator: "/").map(String.init)
          guard parts.count == 2, let length = Int(parts[1]) else { continue }
          let free = (isIPv6 ? 128 : 32) - length
          map[network.description] = [
            "address": .string(parts[0]), "netmask": .string(mask(length, isIPv6: isIPv6)),
            "num_addresses": free < 63 ? .int(1 << Int64(free)) : .null, "prefixlen": .integer(length),
          ]
        }
        return .map(map)
      }
    }
  }

  private static func mask(_ length: Int, isIPv6: Bool) -> String {
    let size = isIPv6 ? 16 : 8
    let parts = (0..<(isIPv6 ? 8 : 4)).map { index -> Int in
      let bits = min(max(0, length - index * size), size)
      return ((1 << bits) - 1) << (size - bits)
    }
    guard isIPv6 else { return parts.map(String.init).joined(separator: ".") }
    let text = parts.map { String($0, radix: 16) }.joined(separator: ":")
    return IPAddress(text)?.description ?? text
  }
}
