public import Functions
import OrderedCollections
import Value

/// `hosts.*`: the entries of /etc/hosts.
public enum HostsFunctions {
  public static let all: [Function] = [list, getAddress, getAlias, hasPair, setHost, addHost, removeHost, setComment]

  private static let address = Parameter.required("ip", .string, "The address.")
  private static let alias = Parameter.required("alias", .string, "The name.")

  private static let list = Function(
    "hosts.list_hosts", "Lists the entries of /etc/hosts.",
    details: "Returns `{address: {aliases: [name], comment: text}}`.\n\nExample: `brine run web1 hosts.list_hosts`.",
    effect: .read
  ) { _, context in
    let hosts = try HostsTable(context).read()
    var map: ValueMap = [:]
    for address in hosts.addresses {
      var entry: ValueMap = ["aliases": .strings(hosts.names(of: address) ?? [])]
      if let comment = hosts.comment(of: address) { entry["comment"] = .string(comment) }
      map[address] = .map(entry)
    }
    return .map(map)
  }

  private static let getAddress = Function(
    "hosts.get_ip", "Gives the address of a name in /etc/hosts.",
    details: "Returns it, or an empty text.\n\nExample: `brine run web1 hosts.get_ip db1`.", effect: .read,
    parameters: [.required("host", .string, "The name.")]
  ) { arguments, context in .string(try HostsTable(context).read().address(of: arguments.string("host")) ?? "") }

  private static let getAlias = Function(
    "hosts.get_alias", "Gives the names of an address in /etc/hosts.",
    details: "Returns a list.\n\nExample: `brine run web1 hosts.get_alias 127.0.0.1`.", effect: .read,
    parameters: [address]
  ) { arguments, context in .strings(try HostsTable(context).read().names(of: arguments.string("ip")) ?? []) }

  private static let hasPair = Function(
    "hosts.has_pair", "Tells whether /etc/hosts has a name for an address.",
    details: "Returns True or False.\n\nExample: `brine run web1 hosts.has_pair 127.0.0.1 localhost`.", effect: .read,
    parameters: [address, .required("alias", .stringList, "The name, or several.")]
  ) { arguments, context in
    let names = try HostsTable(context).read().names(of: arguments.string("ip")) ?? []
    return .bool(Set(arguments.strings("alias")).isSubset(of: names))
  }

  private static let setHost = change(
    "hosts.set_host", "Gives an address exactly these names; an empty text removes it.",
    [
      address, .required("alias", .string, "The names, with blanks between them."),
      .optional("comment", .string, "A comment behind them."),
    ]
  ) { arguments, hosts in
    let names = try arguments.string("alias").split(separator: " ").map { try HostsTable.word(String($0), "alias") }
    hosts.set(names, of: try place(arguments), comment: try comment(arguments))
  }

  private static let addHost = change("hosts.add_host", "Adds a name to an address.", [address, alias]) {
    arguments, hosts in
    hosts.add(try HostsTable.word(arguments.string("alias"), "alias"), to: try place(arguments))
  }

  private static let removeHost = change("hosts.rm_host", "Takes a name off an address.", [address, alias]) {
    arguments, hosts in hosts.remove(arguments.string("alias"), from: try place(arguments))
  }

  private static let setComment = change(
    "hosts.set_comment", "Sets the comment behind an address.",
    [address, .required("comment", .string, "The comment; one line.")]
  ) { arguments, hosts in
    let address = try place(arguments)
    guard hosts.names(of: address) != nil else {
      throw FunctionError(.notFound, "There is no address \(address) in the hosts file.")
    }
    hosts.setComment(try comment(arguments) ?? "", of: address)
  }

  private static func place(_ arguments: Arguments) throws -> String {
    try HostsTable.word(arguments.string("ip"), "ip")
  }

  private static func comment(_ arguments: Arguments) throws -> String? {
    guard let comment = arguments.optionalString("comment"), !comment.isEmpty else { return nil }
    guard !comment.contains(where: \.isNewline) else {
      throw FunctionError(.badArguments, "'comment' has to be one line.")
    }
    return comment
  }

  private static func change(
    _ name: String, _ summary: String, _ parameters: [Parameter],
    _ body: @escaping @Sendable (Arguments, inout HostsFile) throws -> Void
  ) -> Function {
    Function(
      name, summary, details: "Returns True.\n\nExample: `brine run web1 \(name) 192.0.2.7 db1`.", effect: .change,
      parameters: parameters
    ) { arguments, context in
      let table = HostsTable(context)
      let before = try table.read()
      var hosts = before
      try body(arguments, &hosts)
      if hosts != before, !context.isTest { try table.write(hosts) }
      return true
    }
  }
}
