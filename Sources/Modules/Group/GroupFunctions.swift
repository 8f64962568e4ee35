public import Functions
import HostSystem
import Value

/// `group.*`: groups of the host, read from group(5) and its name services, changed by the tools of the shadow suite.
public enum GroupFunctions {
  public static let all: [Function] = [info, getent, add, delete, chgid] + membership

  static let name = Parameter.required("name", .string, "The group's name.")
  static let root = Parameter.optional(
    "root", .string, "A directory that holds another system (an image, a chroot) to work on.")

  static func existing(_ arguments: Arguments, _ context: FunctionContext) async throws -> GroupEntry {
    let name = try AccountName.existing(arguments.string("name"))
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    guard let group = try await database.group(named: name) else {
      throw FunctionError(.notFound, "There is no group '\(name)'.", hint: "`group.add \(name)` makes it.")
    }
    return group
  }

  private static let info = Function.guarded(
    "group.info", "Returns what is known of a group.",
    details: """
      A map with `name`, `passwd`, `gid` and `members`; an empty map when there is no such group. Users whose primary \
      group it is are not among the members. A password hash is shown as stars.

      Example: `brine run 'web*' group.info www-data`
      """,
    effect: .inspect, parameters: [name, root]
  ) { arguments, context in
    let name = try AccountName.existing(arguments.string("name"))
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    return try await database.group(named: name)?.value ?? [:]
  }

  private static let getent = Function.guarded(
    "group.getent", "Returns all groups with what `group.info` says of each.",
    details: "A list of maps. Example: `brine run web1 group.getent`", effect: .inspect,
    parameters: [
      .optional("refresh", .bool, default: false, "Kept for Salt's sake; nothing is cached here."), root,
    ]
  ) { arguments, context in
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    return .list(try await database.groups().map(\.value))
  }

  private static let add = Function.guarded(
    "group.add", "Adds a group.",
    details: "Returns True; what groupadd refuses is an error. Example: `brine run 'web*' group.add deploy gid=2001`",
    effect: .change,
    parameters: [
      name, .optional("gid", .int, "Its number; the next free one when not given."),
      .optional("system", .bool, default: false, "A system group: a low number."), root,
      .optional("non_unique", .bool, default: false, "Allow a number that another group has."),
      .optional("local", .bool, default: false, "Use lgroupadd, which ignores directories such as LDAP."),
    ]
  ) { arguments, context in
    let name = try AccountName.new(arguments.string("name"))
    let isLocal = arguments.bool("local")
    var argv = [isLocal ? "lgroupadd" : "groupadd"]
    if arguments.isGiven("gid") {
      argv += ["-g", String(try AccountField.id(arguments["gid"], "gid"))]
      if arguments.bool("non_unique"), !isLocal { argv.append("-o") }
    }
    if arguments.bool("system") { argv.append("-r") }
    if !isLocal { argv += try AccountTool.root(arguments) }
    try await AccountTool.run(argv + [name], context, to: "add the group '\(name)'")
    return true
  }

  private static let delete = Function.guarded(
    "group.delete", "Removes a group.",
    details: """
      Returns True. A missing group, and one that is some user's primary group, are errors.

      Example: `brine run 'web*' group.delete deploy`
      """,
    effect: .change,
    parameters: [
      name, root, .optional("local", .bool, default: false, "Use lgroupdel, which ignores directories such as LDAP."),
    ]
  ) { arguments, context in
    let name = try AccountName.existing(arguments.string("name"))
    let isLocal = arguments.bool("local")
    let argv = try [isLocal ? "lgroupdel" : "groupdel"] + (isLocal ? [] : AccountTool.root(arguments)) + [name]
    try await AccountTool.run(argv, context, to: "remove the group '\(name)'")
    return true
  }

  private static let chgid = Function.guarded(
    "group.chgid", "Changes a group's number.",
    details: """
      Returns True when the group then has the number, or had it already; a missing group is an error. Files keep the \
      old number.

      Example: `brine run web1 group.chgid deploy 2001`
      """,
    effect: .change,
    parameters: [
      name, .required("gid", .int, "The new number."), root,
      .optional("non_unique", .bool, default: false, "Allow a number that another group has."),
    ]
  ) { arguments, context in
    let gid = try AccountField.id(arguments["gid"], "gid")
    let group = try await existing(arguments, context)
    if group.gid == gid { return true }
    let argv =
      try ["groupmod"] + AccountTool.root(arguments) + ["-g", String(gid)]
      + (arguments.bool("non_unique") ? ["-o"] : []) + [group.name]
    try await AccountTool.run(argv, context, to: "change the group '\(group.name)'")
    return .bool(try await existing(arguments, context).gid == gid)
  }
}
