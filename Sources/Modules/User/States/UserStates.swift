public import Functions
import HostSystem
import OrderedCollections
import Value

/// States `user.*`: accounts of the host.
public enum UserStates {
  public static let all: [StateFunction] = [present, absent]

  private static let name = Parameter.required("name", .string, "The account's name.")
  private static let local = Parameter.optional(
    "local", .bool, default: false, "Use the tools that ignore directories such as LDAP.")

  private static let present = StateFunction(
    "user.present", "Has an account with these attributes.",
    details: """
      What is not given is left as it is. Changes are the attributes that are new; of an account that was made, all. A \
      password is a hash of crypt(3), and is never shown. Numbers change only with `allow_uid_change` and \
      `allow_gid_change`.
      """,
    parameters: [
      name, .optional("uid", .int, "Its number."), .optional("gid", .string, "Number or name of its primary group."),
      .optional("usergroup", .bool, "Whether a group of the same name is made with it."),
      .optional("groups", .stringList, "Further groups, which have to exist."),
      .optional("optional_groups", .stringList, "Further groups, as far as they exist."),
      .optional("remove_groups", .bool, default: true, "Takes it out of groups that are not named."),
      .optional("home", .string, "Home directory."),
      .optional("createhome", .bool, default: true, "Has the home directory made."),
      .optional("persist_home", .bool, default: false, "Moves what is in the home directory along with it."),
      .optional("password", .string, "The hash of the password."),
      .optional("hash_password", .bool, default: false, "The password is given in the clear and hashed here."),
      .optional("enforce_password", .bool, default: true, "Changes a password that is another."),
      .optional("empty_password", .bool, default: false, "Lets everybody in without a password."),
      .optional("shell", .string, "Login shell."),
      .optional("unique", .bool, default: true, "False allows a number that another account has."),
      .optional("system", .bool, default: false, "A system account, when it is made."),
      .optional("fullname", .string, "Full name."), .optional("roomnumber", .string, "Room."),
      .optional("workphone", .string, "Telephone at work."), .optional("homephone", .string, "Telephone at home."),
      .optional("other", .string, "The rest of the comment field."),
      .optional("loginclass", .any, "Taken for compatibility; there are none on Linux."),
      .optional("date", .any, "When the password was last changed: days since 1970-01-01, or a date."),
      .optional("mindays", .int, "Days between two changes of the password."),
      .optional("maxdays", .int, "Days after which the password has to be changed."),
      .optional("inactdays", .int, "Days after expiry on which it still lets in."),
      .optional("warndays", .int, "Days before expiry on which the user is warned."),
      .optional("expire", .any, "When the account ends: days since 1970-01-01, or a date."),
      .optional("win_homedrive", .any, "For Windows; not used here."),
      .optional("win_profile", .any, "For Windows; not used here."),
      .optional("win_logonscript", .any, "For Windows; not used here."),
      .optional("win_description", .any, "For Windows; not used here."),
      .optional("nologinit", .bool, default: false, "Leaves a new account out of lastlog and faillog."),
      .optional("allow_uid_change", .bool, default: false, "Lets the number be changed."),
      .optional("allow_gid_change", .bool, default: false, "Lets the primary group be changed."),
      .optional("password_lock", .bool, "Locks or unlocks the password."), local,
      .keywords("kwargs", "Taken for compatibility: win_… is for Windows."),
    ]
  ) { arguments, context in
    do { return try await UserRun(arguments, context).result() } catch {
      return StateResult(false, reason(error))
    }
  }

  private static let absent = StateFunction(
    "user.absent", "Has no such account.", details: "Changes are `{user: removed}`, with groups that went with it.",
    parameters: [
      name, .optional("purge", .bool, default: false, "Removes the home directory too."),
      .optional("force", .bool, default: false, "Even when the user has processes."), local,
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    do {
      let database = try AccountDatabase(context.functions)
      guard let user = try await database.user(named: AccountName.existing(name)) else {
        return StateResult(true, "User \(name) is not present")
      }
      if context.isTest { return StateResult(nil, "User \(name) set for removal") }
      let groups = try await database.groupNames(of: user)
      _ = try await UserFunctions.delete.call(
        [
          "name": .string(name), "remove": arguments["purge"], "force": arguments["force"], "local": arguments["local"],
        ], context.functions)
      var changes: ValueMap = [:]
      for group in groups where try await database.group(named: group) == nil { changes["\(group) group"] = "removed" }
      changes[name] = "removed"
      return StateResult(true, "Removed user \(name)", changes: changes)
    } catch { return StateResult(false, "Failed to remove user \(name)\n\(reason(error))") }
  }

  static func reason(_ error: any Error) -> String {
    (error as? FunctionError)?.description ?? (error as? HostError)?.message ?? String(describing: error)
  }
}
