public import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

/// `dnsutil.*`: questions to name servers, and the hosts file.
public enum DNSFunctions {
  public static let all: [Function] = [
    addresses("dnsutil.A", "A", "IPv4"), addresses("dnsutil.AAAA", "AAAA", "IPv6"), nameServers, mailServers, senders,
    checkAddress, serial, parseHosts, appendHosts, removeHosts,
  ]

  private static let server = Parameter.optional("nameserver", .string, "The name server to ask.")
  private static let hostsFile = Parameter.optional("hostsfile", .string, default: "/etc/hosts", "The file.")

  private static func addresses(_ name: String, _ type: String, _ family: String) -> Function {
    Function(
      name, "The \(family) addresses of a host, by dig(1) or the host's resolver.",
      details:
        "Returns a list, or a sentence that says why there is none. Example: `brine run web1 \(name) example.com`.",
      effect: .inspect, parameters: [.required("host", .string, "The host's name."), server]
    ) { arguments, context in
      try await DNSLookup(arguments, context).addresses(arguments.string("host"), type)
    }
  }

  private static let nameServers = Function(
    "dnsutil.NS", "The name servers of a domain, by dig(1).", effect: .inspect,
    parameters: [
      .required("domain", .string, "The domain."),
      .optional("resolve", .bool, default: true, "Give their addresses instead of their names."), server,
    ]
  ) { arguments, context in
    let lookup = try DNSLookup(arguments, context)
    guard lookup.hasDig else { return .string(DNSLookup.withoutDig) }
    let names = try await lookup.lines(arguments.string("domain"), "NS")
    guard arguments.bool("resolve") else { return .strings(names) }
    var found: [Value] = []
    for name in names where !name.isEmpty { found += try await lookup.addresses(name, "A").listValue ?? [] }
    return .list(found)
  }

  private static let mailServers = Function(
    "dnsutil.MX", "The mail servers of a domain with their preference, by dig(1).", effect: .inspect,
    parameters: [
      .required("domain", .string, "The domain."),
      .optional("resolve", .bool, default: false, "Give their addresses instead of their names."), server,
    ]
  ) { arguments, context in
    let lookup = try DNSLookup(arguments, context)
    guard lookup.hasDig else { return .string(DNSLookup.withoutDig) }
    var found: [Value] = []
    for line in try await lookup.lines(arguments.string("domain"), "MX") {
      let words = line.fields()
      guard arguments.bool("resolve"), words.count > 1 else {
        found.append(.strings(words))
        continue
      }
      let address = try await lookup.addresses(words[1], "A")[0] ?? .string(words[1])
      found.append([.string(words[0]), address])
    }
    return .list(found)
  }

  private static let senders = Function(
    "dnsutil.SPF", "The addresses and networks that may send mail for a domain, by dig(1).", effect: .inspect,
    parameters: [
      .required("domain", .string, "The domain."),
      .optional("record", .string, default: "SPF", "The record asked for first.", choices: ["SPF", "TXT"]), server,
    ]
  ) { arguments, context in
    let lookup = try DNSLookup(arguments, context)
    guard lookup.hasDig else { return .string(DNSLookup.withoutDig) }
    return .strings(try await lookup.mailSenders(arguments.string("domain"), arguments.string("record")))
  }

  private static let checkAddress = Function(
    "dnsutil.check_ip", "Whether a text is an address, or an address with the length of its network.",
    details: "Example: `brine run web1 dnsutil.check_ip 192.0.2.1/24`.", effect: .read,
    parameters: [.required("ip_addr", .string, "The text.")]
  ) { arguments, _ in .bool(DNSLookup.isAddress(arguments.string("ip_addr"))) }

  private static let serial = Function(
    "dnsutil.serial", "A serial number for a zone: the day and a count, as zones use to have it.",
    details: "The last one is kept as the grain `dnsserial` or `dnsserial_ZONE`.", effect: .change,
    parameters: [
      .optional("zone", .string, default: "", "The zone."),
      .optional("update", .bool, default: false, "Count on and keep the new number."),
    ]
  ) { arguments, context in
    let zone = arguments.string("zone")
    let key = zone.isEmpty ? "dnsserial" : "dnsserial_\(zone)"
    let present = today() + "01"
    let stored = context.grains[key].flatMap { Int64($0.description) }
    guard arguments.bool("update") else { return stored.map { .string(String($0)) } ?? .string(present) }
    var serial = present
    if let stored, let number = Int64(present), stored >= number { serial = String(stored + 1) }
    if !context.isTest {
      _ = try await GrainsFunctions.setValue.call(["key": .string(key), "val": .string(serial)], context)
    }
    return .string(serial)
  }

  /// The local day, as Salt has it.
  private static func today() -> String {
    var seconds = time(nil)
    var parts = tm()
    localtime_r(&seconds, &parts)
    func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)\(padded(parts.tm_mon + 1))\(padded(parts.tm_mday))"
  }

  private static let parseHosts = Function(
    "dnsutil.parse_hosts", "The names of each address in a hosts file.", details: "Returns `{address: [names]}`.",
    effect: .inspect, parameters: [hostsFile, .optional("hosts", .string, "A hosts file's text instead of a file.")]
  ) { arguments, context in
    let text = arguments.optionalString("hosts").flatMap { $0.isEmpty ? nil : $0 }
    guard let text = text ?? (try? context.files.readText(arguments.string("hostsfile"))) else {
      return "Error: hosts data was not found"
    }
    return .map(names(text))
  }

  private static let appendHosts = Function(
    "dnsutil.hosts_append", "Adds a line with names of an address to a hosts file.",
    details: "Names that the address has already are left out. Returns a sentence.", effect: .change,
    parameters: [
      hostsFile, .required("ip_addr", .string, "The address."), .required("entries", .stringList, "The names."),
    ]
  ) { arguments, context in
    let (path, address) = (arguments.string("hostsfile"), arguments.string("ip_addr"))
    let text = (try? context.files.readText(path)) ?? ""
    let present = names(text)[address]?.listValue ?? []
    let new = arguments.strings("entries").filter { !present.contains(.string($0)) }
    guard !new.isEmpty else { return .string("No additional hosts were added to \(path)") }
    for word in new + [address] {
      guard !word.isEmpty, word.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "#") }) else {
        throw FunctionError(.badArguments, "'\(word)' cannot stand in a hosts file.")
      }
    }
    let line = "\(address) \(new.joined(separator: " "))"
    if !context.isTest {
      let lead = text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
      try context.files.write(path, text: lead + line + "\n")
    }
    return .string("The following line was added to \(path):\n\(line)")
  }

  private static let removeHosts = Function(
    "dnsutil.hosts_remove", "Takes names out of a hosts file, and lines that then have none.", effect: .change,
    parameters: [hostsFile, .required("entries", .stringList, "The names.")]
  ) { arguments, context in
    let path = arguments.string("hostsfile")
    let entries = Set(arguments.strings("entries"))
    let text = try context.files.readText(path)
    var lines: [String] = []
    for line in text.splitLines() {
      let words = line.fields()
      guard let first = words.first, !first.hasPrefix("#"), words.dropFirst().contains(where: entries.contains) else {
        lines.append(line)
        continue
      }
      let kept = words.dropFirst().filter { !entries.contains($0) }
      if !kept.isEmpty { lines.append("\(first) \(kept.joined(separator: " "))") }
    }
    if !context.isTest { try context.files.write(path, text: lines.map { $0 + "\n" }.joined()) }
    return .null
  }

  private static func names(_ text: String) -> ValueMap {
    var result: ValueMap = [:]
    for line in text.splitLines() where !line.hasPrefix("#") {
      let words = line.fields()
      guard let address = words.first else { continue }
      result[address] = .list((result[address]?.listValue ?? []) + words.dropFirst().map(Value.string))
    }
    return result
  }
}
