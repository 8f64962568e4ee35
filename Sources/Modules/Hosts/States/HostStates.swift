public import Functions
import OrderedCollections
import Value

/// States `host.*`: entries of /etc/hosts.
public enum HostStates {
  public static let all: [StateFunction] = [present, absent, only]

  private static let name = Parameter.required("name", .string, "The host's name.")
  private static let addresses = Parameter.required("ip", .stringList, "Its address, or several.")

  private static let present = StateFunction(
    "host.present", "Has a name for addresses in /etc/hosts.",
    details: "Changes are `{added: {address: [name]}, comment_added: {address: [text]}, removed: {address: [name]}}`.",
    parameters: [
      name, addresses, .optional("comment", .string, default: "", "A comment behind the addresses."),
      .optional("clean", .bool, default: false, "Takes the name off all other addresses."),
    ]
  ) { arguments, context in
    do { return try HostPresence(arguments, context).result() } catch { return StateResult(false, reason(error)) }
  }

  private static let absent = StateFunction(
    "host.absent", "Has no such name for addresses in /etc/hosts.", details: "Changes are `{host: name}`.",
    parameters: [name, addresses]
  ) { arguments, context in
    let name = arguments.string("name")
    do {
      let table = HostsTable(context.functions)
      var hosts = try table.read()
      var comments: [String] = []
      var result = StateResult(nil, "")
      for address in arguments.strings("ip") {
        guard hosts.names(of: address)?.contains(name) == true else {
          result.result = true
          comments.append("Host \(name) (\(address)) already absent")
          continue
        }
        if context.isTest {
          result.result = nil
          comments.append("Host \(name) (\(address)) needs to be removed")
          continue
        }
        hosts.remove(name, from: address)
        result.result = true
        result.changes = ["host": .string(name)]
        comments.append("Removed host \(name) (\(address))")
      }
      if !result.changes.isEmpty { try table.write(hosts) }
      result.comment = comments.joined(separator: "\n")
      return result
    } catch { return StateResult(false, reason(error)) }
  }

  private static let only = StateFunction(
    "host.only", "Has exactly these names for an address in /etc/hosts.",
    details: "Changes are `{address: {old, new}}`.",
    parameters: [
      .required("name", .string, "The address."),
      .required("hostnames", .stringList, "The names; none removes the address."),
    ]
  ) { arguments, context in
    let address = arguments.string("name")
    do {
      let table = HostsTable(context.functions)
      var hosts = try table.read()
      let old = (hosts.names(of: address) ?? []).joined(separator: " ")
      let words = arguments.strings("hostnames").flatMap { $0.split(separator: " ").map(String.init) }
      let names = try words.map { try HostsTable.word($0, "hostnames") }
      let new = names.joined(separator: " ")
      if old == new { return StateResult(true, "IP address \(address) already set to \"\(new)\"") }
      if context.isTest { return StateResult(nil, "Would change \(address) from \"\(old)\" to \"\(new)\"") }
      hosts.set(names, of: try HostsTable.word(address, "name"))
      try table.write(hosts)
      return StateResult(
        true, "successfully changed \(address) from \"\(old)\" to \"\(new)\"",
        changes: [.string(address): ["old": .string(old), "new": .string(new)]])
    } catch { return StateResult(false, reason(error)) }
  }

  static func reason(_ error: any Error) -> String {
    (error as? FunctionError)?.description ?? String(describing: error)
  }
}
