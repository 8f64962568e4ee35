import Functions
import HostSystem
import Value

extension FileFunctions {
  static let permissions = [setMode, chown, lchown, chgrp, checkPerms]

  private static let user = Parameter.required("user", .any, "Name or number of the user; empty leaves it.")
  private static let group = Parameter.required("group", .any, "Name or number of the group; empty leaves it.")

  private static let setMode = Function.guarded(
    "file.set_mode", "Sets a file's permission bits.",
    details: "Returns the mode it then has, as `0644`. Example: `brine run '*' file.set_mode /etc/app.key 0600`",
    effect: .change, parameters: [path, .required("mode", .any, "Octal digits, such as 0644.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard let mode = try FileMode.parse(arguments["mode"]) else {
      throw FunctionError(.badArguments, "'mode' is missing.", hint: "Give octal digits, such as 0644.")
    }
    guard context.files.exists(path) else { throw missing(path) }
    try context.stopIfTest("set the mode of '\(path)' to \(FileMode.text(mode))")
    try context.files.setMode(path, mode)
    return .string(FileMode.text(context.files.status(path)?.mode ?? mode))
  }

  private static let chown = ownership(
    "file.chown", "Sets a file's owner and group.",
    "Links are followed. Example: `brine run web1 file.chown /srv deploy www-data`",
    followingLinks: true)
  private static let lchown = ownership(
    "file.lchown", "Sets owner and group of a file or of a link itself.",
    "Links are not followed. Example: `brine run web1 file.lchown /srv/current deploy www-data`", followingLinks: false)

  private static func ownership(
    _ name: String, _ summary: String, _ details: String, followingLinks: Bool
  ) -> Function {
    Function.guarded(
      name, summary, details: "Returns None; an unknown user, group or file is an error. \(details)", effect: .change,
      parameters: [path, user, group]
    ) { arguments, context in
      try await setOwner(arguments, context, user: arguments["user"], followingLinks: followingLinks)
    }
  }

  private static let chgrp = Function.guarded(
    "file.chgrp", "Sets a file's group.",
    details: "Returns None; an unknown group or file is an error. Example: `brine run web1 file.chgrp /srv www-data`",
    effect: .change, parameters: [path, group]
  ) { arguments, context in
    try await setOwner(arguments, context, user: .null, followingLinks: true)
  }

  private static func setOwner(
    _ arguments: Arguments, _ context: FunctionContext, user: Value, followingLinks: Bool
  ) async throws -> Value {
    let path = try AbsolutePath.argument("path", of: arguments)
    let owner = try FileOwner(context)
    let uid = try await owner.uid(user)
    let gid = try await owner.gid(arguments["group"])
    let status = context.files.status(path, followingLinks: followingLinks)
    guard status != nil || context.files.status(path, followingLinks: false) != nil else { throw missing(path) }
    try context.stopIfTest("give '\(path)' to \(uid.map(String.init) ?? "-"):\(gid.map(String.init) ?? "-")")
    // A link that leads nowhere has an owner too.
    try context.files.setOwner(path, uid: uid, gid: gid, followingLinks: followingLinks && status != nil)
    return .null
  }

  private static let checkPerms = Function.guarded(
    "file.check_perms", "Makes owner, group and mode of a file what they should be.",
    details: """
      Returns a list of two maps: a result (`name`, `changes`, `comment`, `result`) and what was found and asked for \
      (`luser`, `lgroup`, `lmode`, `cuser`, `cgroup`, `cmode`). Under test=True `changes` says what would change and \
      `result` is None.

      Example: `brine run web1 file.check_perms /etc/app.key '{}' root root 0600`
      """,
    effect: .change,
    parameters: [
      .required("name", .string, "Absolute path."),
      .required("ret", .any, "A result to add to; an empty map or None for a new one."),
      .required("user", .any, "Name or number of the user; empty leaves it."),
      .required("group", .any, "Name or number of the group; empty leaves it."),
      .required("mode", .any, "Octal digits; empty leaves it."),
      .optional("follow_symlinks", .bool, default: false, "True looks at what a link leads to."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("name", of: arguments)
    return try await PermissionCheck(arguments, path, context).run()
  }
}
