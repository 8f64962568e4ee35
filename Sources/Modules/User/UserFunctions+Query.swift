import Functions
import Value

extension UserFunctions {
  static let queries = [info, getent, listUsers, listGroups, primaryGroup]

  private static let info = Function.guarded(
    "user.info", "Returns what is known of an account.",
    details: """
      A map with `gid`, `groups`, `home`, `name`, `passwd`, `shell`, `uid`, `fullname`, `roomnumber`, `workphone`, \
      `homephone`, `other`; an empty map when there is no such user. `passwd` is `x` where a shadow file is used; a \
      hash \
      in its place is shown as its method and stars (Salt shows it whole).

      Example: `brine run 'web*' user.info deploy`
      """,
    effect: .inspect, parameters: [name, root]
  ) { arguments, context in
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    let name = try AccountName.existing(arguments.string("name"))
    guard let user = try await database.user(named: name) else { return [:] }
    return value(user, groups: try await database.groupNames(of: user))
  }

  private static let getent = Function.guarded(
    "user.getent", "Returns all accounts with what `user.info` says of each.",
    details: """
      A list of maps. A name service (LDAP, SSSD) lists its users only when it is set to.

      Example: `brine run web1 user.getent`
      """,
    effect: .inspect,
    parameters: [
      .optional("refresh", .bool, default: false, "Kept for Salt's sake; nothing is cached here."), root,
    ]
  ) { arguments, context in
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    let groups = try await database.groups()
    return .list(
      try await database.users().map { value($0, groups: AccountDatabase.groupNames(of: $0, among: groups)) })
  }

  private static let listUsers = Function.guarded(
    "user.list_users", "Returns the names of all accounts.",
    details: "A sorted list of names. Example: `brine run '*' user.list_users`", effect: .inspect, parameters: [root]
  ) { arguments, context in
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    return .strings(try await database.users().map(\.name).sorted())
  }

  private static let listGroups = Function.guarded(
    "user.list_groups", "Returns the names of the groups that a user is in.",
    details: """
      A sorted list with the primary group among them; empty when there is no such user.

      Example: `brine run 'web*' user.list_groups deploy`
      """,
    effect: .inspect, parameters: [name]
  ) { arguments, context in
    let database = try AccountDatabase(context)
    guard let user = try await database.user(named: try AccountName.existing(arguments.string("name"))) else {
      return []
    }
    return .strings(try await database.groupNames(of: user))
  }

  private static let primaryGroup = Function.guarded(
    "user.primary_group", "Returns the name of a user's primary group.",
    details: """
      The group's name, or its number where no group has it. An unknown user is an error.

      Example: `brine run 'web*' user.primary_group deploy`
      """,
    effect: .inspect, parameters: [name]
  ) { arguments, context in
    let name = try AccountName.existing(arguments.string("name"))
    let database = try AccountDatabase(context)
    guard let user = try await database.user(named: name) else {
      throw FunctionError(.notFound, "There is no user '\(name)'.")
    }
    return .string(try await database.groupName(user.gid) ?? String(user.gid))
  }

  private static func value(_ user: PasswordEntry, groups: [String]) -> Value {
    [
      "gid": .integer(user.gid), "groups": .strings(groups), "home": .string(user.home), "name": .string(user.name),
      "passwd": .string(PasswordMask.masked(user.password)), "shell": .string(user.shell), "uid": .integer(user.uid),
      "fullname": .string(user.gecos.fullName), "roomnumber": .string(user.gecos.roomNumber),
      "workphone": .string(user.gecos.workPhone), "homephone": .string(user.gecos.homePhone),
      "other": .string(user.gecos.other),
    ]
  }
}
