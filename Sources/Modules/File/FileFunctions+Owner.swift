import Functions
import HostSystem
import Value

extension FileFunctions {
  static let owners = [getUID, getGID, getUser, getGroup, userToUID, uidToUser, groupToGID, gidToGroup]

  private static let getUID = Function.guarded(
    "file.get_uid", "Returns the number of the user who owns a file.",
    details: "An integer; a missing file is an error. Example: `brine run '*' file.get_uid /srv/www`", effect: .read,
    parameters: [path, followSymlinks]
  ) { arguments, context in .integer(try found(arguments, context).uid) }

  private static let getGID = Function.guarded(
    "file.get_gid", "Returns the number of the group that owns a file.",
    details: "An integer; a missing file is an error. Example: `brine run '*' file.get_gid /srv/www`", effect: .read,
    parameters: [path, followSymlinks]
  ) { arguments, context in .integer(try found(arguments, context).gid) }

  private static let getUser = Function.guarded(
    "file.get_user", "Returns the name of the user who owns a file.",
    details: """
      The name, or the number where no user has it; a missing file is an error. Example: `brine run '*' \
      file.get_user /srv`
      """,
    effect: .inspect, parameters: [path, followSymlinks]
  ) { arguments, context in try await FileOwner(context).user(found(arguments, context).uid) }

  private static let getGroup = Function.guarded(
    "file.get_group", "Returns the name of the group that owns a file.",
    details: """
      The name, or the number where no group has it; a missing file is an error. Example: `brine run '*' \
      file.get_group /srv`
      """,
    effect: .inspect, parameters: [path, followSymlinks]
  ) { arguments, context in try await FileOwner(context).group(found(arguments, context).gid) }

  private static let userToUID = Function.guarded(
    "file.user_to_uid", "Returns the number of a user.",
    details:
      "An integer; an empty string when there is no such user. Example: `brine run '*' file.user_to_uid www-data`",
    effect: .inspect, parameters: [.required("user", .any, "Name of the user; a number is given back as it is.")]
  ) { arguments, context in
    if arguments["user"].intValue != nil { return arguments["user"] }
    let name = try AccountName.existing(arguments.string("user"), "user")
    return try await AccountDatabase(context).user(named: name).map { .integer($0.uid) } ?? ""
  }

  private static let uidToUser = Function.guarded(
    "file.uid_to_user", "Returns the name of the user with a number.",
    details: "The name, or the number where no user has it. Example: `brine run '*' file.uid_to_user 33`",
    effect: .inspect, parameters: [.required("uid", .int, "The number.")]
  ) { arguments, context in
    try await FileOwner(context).user(AccountField.id(arguments["uid"], "uid"))
  }

  private static let groupToGID = Function.guarded(
    "file.group_to_gid", "Returns the number of a group.",
    details: "An integer; an empty string when there is no such group. Example: `brine run '*' file.group_to_gid adm`",
    effect: .inspect, parameters: [.required("group", .any, "Name of the group; a number is given back as it is.")]
  ) { arguments, context in
    if arguments["group"].intValue != nil { return arguments["group"] }
    let name = try AccountName.existing(arguments.string("group"), "group")
    return try await AccountDatabase(context).group(named: name).map { .integer($0.gid) } ?? ""
  }

  private static let gidToGroup = Function.guarded(
    "file.gid_to_group", "Returns the name of the group with a number.",
    details: "The name, or the number where no group has it. Example: `brine run '*' file.gid_to_group 33`",
    effect: .inspect, parameters: [.required("gid", .int, "The number.")]
  ) { arguments, context in
    try await FileOwner(context).group(AccountField.id(arguments["gid"], "gid"))
  }
}
