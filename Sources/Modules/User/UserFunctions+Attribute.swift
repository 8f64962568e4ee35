import Functions
import Value

extension UserFunctions {
  static let attributes = [chuid, chgid, chshell, chhome, chgroups]

  private static let returns =
    "Returns True when the account then is as asked, or was already; a missing user is an error."

  private static let chuid = Function.guarded(
    "user.chuid", "Changes a user's number.",
    details:
      """
      \(returns) Files outside the home directory keep the old number. Example: `brine run web1 user.chuid deploy \
      2001`
      """,
    effect: .change, parameters: [name, .required("uid", .int, "The new number."), root]
  ) { arguments, context in
    let uid = try AccountField.id(arguments["uid"], "uid")
    let user = try await existing(arguments, context)
    if user.uid == uid { return true }
    return try await modify(["-u", String(uid)], user, arguments, context) { $0.uid == uid }
  }

  private static let chgid = Function.guarded(
    "user.chgid", "Changes a user's primary group.",
    details: "\(returns) Example: `brine run web1 user.chgid deploy www-data`", effect: .change,
    parameters: [name, .required("gid", .string, "Number or name of the group."), root]
  ) { arguments, context in
    let group = try AccountName.existing(arguments.string("gid"), "gid")
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    var gid = UInt32(group)
    if gid == nil { gid = try await database.group(named: group)?.gid }
    guard let gid else { throw FunctionError(.notFound, "There is no group '\(group)'.", hint: "group.add makes one.") }
    let user = try await existing(arguments, context)
    if user.gid == gid { return true }
    return try await modify(["-g", String(gid)], user, arguments, context) { $0.gid == gid }
  }

  private static let chshell = Function.guarded(
    "user.chshell", "Changes a user's login shell.",
    details: "\(returns) Example: `brine run 'web*' user.chshell deploy /usr/sbin/nologin`", effect: .change,
    parameters: [name, .required("shell", .string, "Path of the shell."), root]
  ) { arguments, context in
    let shell = try AccountField.path(arguments.string("shell"), "shell")
    let user = try await existing(arguments, context)
    if user.shell == shell { return true }
    return try await modify(["-s", shell], user, arguments, context) { $0.shell == shell }
  }

  private static let chhome = Function.guarded(
    "user.chhome", "Changes a user's home directory.",
    details: "\(returns) Example: `brine run web1 user.chhome deploy /srv/deploy persist=True`", effect: .change,
    parameters: [
      name, .required("home", .string, "Path of the new home directory."),
      .optional("persist", .bool, default: false, "Move what is in the old one to the new one."), root,
    ]
  ) { arguments, context in
    let home = try AccountField.path(arguments.string("home"), "home")
    let user = try await existing(arguments, context)
    if user.home == home { return true }
    let options = ["-d", home] + (arguments.bool("persist") ? ["-m"] : [])
    return try await modify(options, user, arguments, context) { $0.home == home }
  }

  private static let chgroups = Function.guarded(
    "user.chgroups", "Sets the further groups that a user is in.",
    details: """
      The primary group is not touched. \(returns)

      Example: `brine run 'web*' user.chgroups deploy www-data,adm append=True`
      """,
    effect: .change,
    parameters: [
      name, .required("groups", .stringList, "The groups' names; an empty list takes the user out of all."),
      .optional("append", .bool, default: false, "Add these and keep the others."), root,
    ]
  ) { arguments, context in
    let wanted = try arguments.strings("groups").map { try AccountName.existing($0, "groups") }
    let isAppending = arguments.bool("append")
    let user = try await existing(arguments, context)
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    func isDone() async throws -> Bool {
      let all = Set(try await database.groupNames(of: user))
      let primary = try await database.groupName(user.gid)
      return isAppending
        ? all.isSuperset(of: wanted) : all.subtracting([primary ?? ""]) == Set(wanted).subtracting([primary ?? ""])
    }
    if try await isDone() { return true }
    for group in wanted where try await database.group(named: group) == nil {
      throw FunctionError(.notFound, "There is no group '\(group)'.", hint: "group.add makes one.")
    }
    let argv =
      try ["usermod"] + AccountTool.root(arguments) + (isAppending ? ["-a"] : [])
      + ["-G", wanted.joined(separator: ","), user.name]
    try await AccountTool.run(argv, context, to: "set the groups of '\(user.name)'")
    return .bool(try await isDone())
  }
}
