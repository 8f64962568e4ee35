import Functions
import Glibc
import Grains
import HostSystem
import Value

extension NetworkFunctions {
  private static let family = Parameter.optional("family", .string, "Only these routes.", choices: ["inet", "inet6"])

  static let routes = Function(
    "network.routes", "Lists the routes.",
    details: """
      Returns a list of `{addr_family, destination, gateway, netmask, flags, interface}`; an IPv6 destination has its \
      prefix and no mask. Example: `brine run web1 network.routes family=inet`.
      """,
    effect: .read, parameters: [family]
  ) { arguments, context in
    .list(RouteTable(files: context.files).routes(arguments.optionalString("family")).map(\.value))
  }

  static let defaultRoute = Function(
    "network.default_route", "Lists the default routes.",
    details: "Returns a list as network.routes does. Example: `brine run '*' network.default_route`.", effect: .read,
    parameters: [family]
  ) { arguments, context in
    let routes = RouteTable(files: context.files).routes(arguments.optionalString("family"))
    return .list(routes.filter(\.isDefault).map(\.value))
  }

  static let arp = Function(
    "network.arp", "Lists the neighbours that the host has IPv4 addresses of.",
    details: "Returns hardware address → IPv4 address. Example: `brine run web1 network.arp`.", effect: .read
  ) { _, context in
    var result: ValueMap = [:]
    for line in context.files.linesIfPresent("/proc/net/arp").dropFirst() {
      let fields = line.fields()
      // Flags of 0 are of a neighbour that has not answered.
      guard fields.count > 3, fields[2] != "0x0", IPAddress(fields[0]) != nil else { continue }
      result[fields[3]] = .string(fields[0])
    }
    return .map(result)
  }

  static let activeTCP = Function(
    "network.active_tcp", "Lists the established TCP connections.",
    details: """
      Returns number → `{local_addr, local_port, remote_addr, remote_port}`. Example: `brine run web1 \
      network.active_tcp`.
      """,
    effect: .read
  ) { _, context in
    var result: ValueMap = [:]
    for (index, connection) in ConnectionTable(files: context.files).established().enumerated() {
      result[.integer(index)] = [
        "local_addr": .string(connection.localAddress.description), "local_port": .integer(connection.localPort),
        "remote_addr": .string(connection.remoteAddress.description), "remote_port": .integer(connection.remotePort),
      ]
    }
    return .map(result)
  }

  static let netstat = Function(
    "network.netstat", "Lists the TCP and UDP sockets with their programs.",
    details: """
      Returns a list of `{proto, recv-q, send-q, local-address, remote-address, state, user, inode, program}`; \
      UDP has no \
      `state`. It runs netstat(8), or ss(8) where that is missing. Example: `brine run web1 network.netstat`.
      """,
    effect: .inspect
  ) { _, context in
    let program = context.commands.which("netstat") != nil ? "netstat" : "ss"
    let result = try await context.commands.run(program, "-tulpnea")
    guard result.isSuccess else {
      throw FunctionError(
        .failed,
        "network.netstat: `\(program) -tulpnea` ended with \(result.exitCode): \(result.errorText.trimmed())",
        hint: "ss(8) is in the package iproute2 (Debian) or iproute (Red Hat).")
    }
    return .list(program == "ss" ? SocketList.ss(result.outputText) : SocketList.netstat(result.outputText))
  }

  static let hostname = Function(
    "network.get_hostname", "Gives the host's name.",
    details: "Returns text. Example: `brine run '*' network.get_hostname`.", effect: .read
  ) { _, context in
    .string(context.files.firstLine("/proc/sys/kernel/hostname") ?? KernelIdentity.current().nodeName)
  }

  static let fullName = Function(
    "network.get_fqdn", "Gives the host's name with its domain.",
    details: "Returns text: the grain `fqdn`. Example: `brine run '*' network.get_fqdn`.", effect: .read
  ) { _, context in
    context.grains["fqdn"] ?? .string(context.files.firstLine("/proc/sys/kernel/hostname") ?? "localhost")
  }
}
