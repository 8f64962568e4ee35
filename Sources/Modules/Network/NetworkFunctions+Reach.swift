import Functions
import Grains
import HostSystem
import Value

extension NetworkFunctions {
  static let connect = Function(
    "network.connect", "Tries whether a TCP port can be reached from the host.",
    details: """
      Returns `{result, comment}`: `result` is true when the connection was made, which is closed at once. \
      Example: `brine run 'web*' network.connect db1 5432 timeout=3`.
      """,
    effect: .inspect,
    parameters: [
      .required("host", .string, "A name or an address."),
      .required("port", .int, "The port's number."),
      .optional(
        "proto", .string, default: "tcp", "The protocol; UDP says nothing of its own accord.", choices: ["tcp"]),
      .optional("timeout", .number, default: 5, "Seconds to wait, at most 300."),
      .optional("family", .string, "Only this kind of address.", choices: ["ipv4", "ipv6"]),
    ]
  ) { arguments, context in
    let host = arguments.string("host")
    guard let port = arguments.int("port").flatMap({ UInt16(exactly: $0) }), port > 0 else {
      throw FunctionError(.badArguments, "network.connect: '\(arguments["port"])' is not a port.")
    }
    let seconds = arguments.double("timeout") ?? 5
    guard seconds > 0, seconds <= 300 else {
      throw FunctionError(.badArguments, "network.connect: the timeout is up to 300 seconds, not \(seconds).")
    }
    let timeout = Duration.milliseconds(Int(seconds * 1000))
    let family = arguments.optionalString("family")
    let addresses = await HostLookup.addresses(of: host, context.commands, timeout: timeout)
      .filter { family == nil || $0.isIPv6 == (family == "ipv6") }
    guard let address = addresses.first else {
      return ["result": false, "comment": .string("Unable to resolve host \(host) on tcp port \(port)")]
    }
    let number = try await TCPProbe.connect(to: address, port: port, timeout: timeout)
    let target = "\(host) (\(address)) on tcp port \(port)"
    guard number == 0 else {
      return [
        "result": false, "comment": .string("Unable to connect to \(target): \(HostError.text(of: number))"),
      ]
    }
    return ["result": true, "comment": .string("Successfully connected to \(target)")]
  }

  static let ping = Function(
    "network.ping", "Sends four pings to a host.",
    details: """
      Returns what ping(8) prints, or with `return_boolean` true or false. \
      Example: `brine run '*' network.ping gateway return_boolean=True`.
      """,
    effect: .inspect,
    parameters: [
      .required("host", .string, "A name or an address."),
      .optional("timeout", .int, "Seconds to wait for each answer."),
      .optional("return_boolean", .bool, default: false, "Only whether the host answered."),
    ]
  ) { arguments, context in
    guard let host = HostLookup.checked(arguments.string("host")) else {
      throw FunctionError(.badArguments, "network.ping: '\(arguments.string("host"))' is not a host's name.")
    }
    guard context.commands.which("ping") != nil else {
      throw FunctionError(
        .unavailable, "network.ping: ping(8) is not installed.", hint: "Install iputils-ping (Debian) or iputils.")
    }
    var argv = ["ping"]
    if let seconds = arguments.int("timeout"), seconds > 0 { argv += ["-W", String(seconds)] }
    let result = try await context.commands.runParsed(argv + ["-c", "4", host])
    if arguments.bool("return_boolean") { return .bool(result.isSuccess) }
    // No answer is an answer: what ping printed of it is what was asked for.
    return .string((result.outputText.isEmpty ? result.errorText : result.outputText).trimmed())
  }
}
