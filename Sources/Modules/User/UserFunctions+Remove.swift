import Functions
import HostSystem
import Value

extension UserFunctions {
  static let delete = Function.guarded(
    "user.delete", "Removes an account.",
    details: """
      Returns True. A user who does not exist, or who is logged in and `force` is not given, is an error.

      Example: `brine run 'web*' user.delete deploy remove=True`
      """,
    effect: .change,
    parameters: [
      name, .optional("remove", .bool, default: false, "Remove the home directory and the mail spool too."),
      .optional("force", .bool, default: false, "Even when the user has processes, or the files belong to others."),
      root, .optional("local", .bool, default: false, "Use luserdel, which ignores directories such as LDAP."),
    ]
  ) { arguments, context in
    let name = try AccountName.existing(arguments.string("name"))
    let isLocal = arguments.bool("local")
    var argv = [isLocal ? "luserdel" : "userdel"]
    if arguments.bool("remove") { argv.append("-r") }
    if !isLocal {
      if arguments.bool("force") { argv.append("-f") }
      argv += try AccountTool.root(arguments)
    }
    // 12 is "cannot remove the home directory or the mail spool". That there never was a spool is no failure.
    try await AccountTool.run(argv + [name], context, to: "remove the user '\(name)'") { result in
      result.ending == .exited(12) && isOnlyMissingSpool(result.errorText)
    }
    return true
  }

  static let rename = Function.guarded(
    "user.rename", "Changes an account's name.",
    details: """
      Returns True when the account then has the new name. Home directory and group keep theirs.

      Example: `brine run web1 user.rename deploy release`
      """,
    effect: .change,
    parameters: [name, .required("new_name", .string, "The new name; must be free."), root]
  ) { arguments, context in
    let newName = try AccountName.new(arguments.string("new_name"), "new_name")
    let user = try await existing(arguments, context)
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    guard try await database.user(named: newName) == nil else {
      throw FunctionError(.failed, "There is a user '\(newName)' already.")
    }
    let argv = try ["usermod"] + AccountTool.root(arguments) + ["-l", newName, user.name]
    try await AccountTool.run(argv, context, to: "rename the user '\(user.name)'")
    return .bool(try await database.user(named: newName)?.uid == user.uid)
  }

  private static func isOnlyMissingSpool(_ words: String) -> Bool {
    let lines = words.splitLines().filter { !$0.trimmed().isEmpty }
    return !lines.isEmpty
      && lines.allSatisfy { $0.contains("mail") && ($0.contains("not found") || $0.contains("No such file")) }
  }
}
