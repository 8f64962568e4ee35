import Functions
import Grains
import HostSystem
import Value

/// Asks name servers with dig(1), or the host's resolver where dig is missing.
struct DNSLookup: Sendable {
  /// Records that one question may lead to.
  private static let recordLimit = 10

  private let context: FunctionContext
  private let server: String?

  init(_ arguments: Arguments, _ context: FunctionContext) throws(FunctionError) {
    self.context = context
    server = arguments.optionalString("nameserver")
    if let server { try Self.check(server, "nameserver") }
  }

  /// A name that dig would not take for an option.
  static func check(_ name: String, _ parameter: String) throws(FunctionError) {
    guard let first = name.utf8.first, name.utf8.count <= 255, first != UInt8(ascii: "-"), first != UInt8(ascii: "+"),
      first != UInt8(ascii: "@"), name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { throw FunctionError(.badArguments, "\(parameter)='\(name)' is no host name or address.") }
  }

  var hasDig: Bool { context.commands.which("dig") != nil }

  /// The lines of an answer; none when dig fails, as in Salt.
  func lines(_ name: String, _ type: String) async throws -> [String] {
    try Self.check(name, "host")
    var command = Command(["dig", "+short", name, type] + (server.map { ["@\($0)"] } ?? []))
    command.timeout = .seconds(30)
    command.outputLimit = 1 << 20
    let result = try await context.commands.run(command)
    guard result.isSuccess else { return [] }
    return result.outputText.trimmed().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Addresses of a host: `A` or `AAAA`. A text says why there are none, as in Salt.
  func addresses(_ host: String, _ type: String) async throws -> Value {
    try Self.check(host, "host")
    if hasDig { return .strings(try await lines(host, type).filter(Self.isAddress)) }
    guard server == nil else { return .string(Self.withoutDig) }
    var command = Command("getent", type == "A" ? "ahostsv4" : "ahostsv6", host)
    command.timeout = .seconds(30)
    let result = try await context.commands.run(command)
    guard result.isSuccess else { return .string("Unable to resolve \(host)") }
    var addresses: [String] = []
    for line in result.outputText.splitLines() {
      // The resolver gives IPv4 addresses as IPv6 ones where a host has no others.
      guard let address = line.fields().first, !address.hasPrefix("::ffff:"), !addresses.contains(address) else {
        continue
      }
      addresses.append(address)
    }
    return addresses.isEmpty ? .string("Unable to resolve \(host)") : .strings(addresses)
  }

  /// Networks and addresses that may send mail for a domain.
  func mailSenders(_ domain: String, _ record: String) async throws -> [String] {
    var pending = [(domain, record)]
    var found: [String] = []
    var asked = 0
    while let (name, type) = pending.popLast() {
      asked += 1
      guard asked <= 2 * Self.recordLimit else { break }
      let text = try await lines(name, type).joined(separator: "\n")
      if text.isEmpty, type == "SPF" {
        pending.append((name, "TXT"))
        continue
      }
      let words = text.filter { $0 != "\"" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard words.first == "v=spf1", words.count > 1 else { continue }
      if words[1].hasPrefix("redirect=") {
        pending.append((String(words[1].dropFirst(9)), "SPF"))
        continue
      }
      for word in words.dropFirst() {
        let bare = word.hasPrefix("+") || word.hasPrefix("~") ? String(word.dropFirst()) : word
        guard let colon = bare.firstIndex(of: ":") else { continue }
        let value = String(bare[bare.index(after: colon)...])
        switch bare[..<colon] {
        case "include": pending.append((value, "SPF"))
        case "ip4", "ip6": if Self.isAddress(value) { found.append(value) }
        default: continue
        }
      }
    }
    return found
  }

  /// An address, or one with the length of its network.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let address = IPAddress(parts[0]) else { return false }
    guard parts.count == 2 else { return true }
    guard let length = Int(parts[1]) else { return false }
    return address.isIPv6 ? (8...128).contains(length) : (1...32).contains(length)
  }

  static let withoutDig = "This function requires dig, which is not currently available"
}
