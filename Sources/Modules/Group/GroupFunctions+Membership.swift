import Functions
import Value

extension GroupFunctions {
  static let membership = [adduser, deluser, members]

  private static let username = Parameter.required("username", .string, "The user's name.")

  private static let adduser = Function.guarded(
    "group.adduser", "Adds a user to a group.",
    details: """
      Returns True, also when the user is a member already. A missing group or user is an error. Sessions that are \
      open \
      get the group at the next login.

      Example: `brine run 'web*' group.adduser adm deploy`
      """,
    effect: .change, parameters: [name, username, root]
  ) { arguments, context in
    let user = try AccountName.existing(arguments.string("username"), "username")
    let group = try await existing(arguments, context)
    if group.members.contains(user) { return true }
    let argv = try ["gpasswd", "--add", user, group.name] + AccountTool.root(arguments, flag: "--root")
    try await AccountTool.run(argv, context, to: "add '\(user)' to the group '\(group.name)'")
    return true
  }

  private static let deluser = Function.guarded(
    "group.deluser", "Takes a user out of a group.",
    details: """
      Returns True, also when there is no such group or the user is no member of it.

      Example: `brine run 'web*' group.deluser adm deploy`
      """,
    effect: .change, parameters: [name, username, root]
  ) { arguments, context in
    let user = try AccountName.existing(arguments.string("username"), "username")
    let name = try AccountName.existing(arguments.string("name"))
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    guard let group = try await database.group(named: name), group.members.contains(user) else { return true }
    let argv = try ["gpasswd", "--del", user, name] + AccountTool.root(arguments, flag: "--root")
    try await AccountTool.run(argv, context, to: "take '\(user)' out of the group '\(name)'")
    return true
  }

  private static let members = Function.guarded(
    "group.members", "Sets the list of a group's members.",
    details: """
      Those who are not in the list are taken out. Returns True; a missing group or user is an error.

      Example: `brine run 'web*' group.members adm alice,bob`
      """,
    effect: .change,
    parameters: [name, .required("members_list", .stringList, "The users' names; an empty list empties it."), root]
  ) { arguments, context in
    let users = try arguments.strings("members_list").map { try AccountName.existing($0, "members_list") }
    let group = try await existing(arguments, context)
    if Set(group.members) == Set(users) { return true }
    let argv =
      try ["gpasswd", "--members", users.joined(separator: ","), group.name]
      + AccountTool.root(arguments, flag: "--root")
    try await AccountTool.run(argv, context, to: "set the members of '\(group.name)'")
    return true
  }
}
