public import Functions
import Value

/// `user.*`: accounts of the host, read from passwd(5) and its name services, changed by the tools of the shadow suite.
public enum UserFunctions {
  public static let all: [Function] = queries + [add, delete, rename] + attributes + comments

  static let name = Parameter.required("name", .string, "The account's name.")
  static let root = Parameter.optional(
    "root", .string, "A directory that holds another system (an image, a chroot) to work on.")

  /// The account, or an error that says that it is not there.
  static func existing(_ arguments: Arguments, _ context: FunctionContext) async throws -> PasswordEntry {
    let name = try AccountName.existing(arguments.string("name"))
    let database = try AccountDatabase(context, root: arguments.optionalString("root"))
    guard let entry = try await database.user(named: name) else {
      throw FunctionError(
        .notFound, "There is no user '\(name)'.", hint: "`brine run TARGET user.list_users` lists them.")
    }
    return entry
  }

  /// Runs usermod on an account and reads it again: whether it is now as wanted.
  static func modify(
    _ options: [String], _ user: PasswordEntry, _ arguments: Arguments, _ context: FunctionContext,
    until isDone: (PasswordEntry) -> Bool
  ) async throws -> Value {
    let argv = try ["usermod"] + AccountTool.root(arguments) + options + [user.name]
    try await AccountTool.run(argv, context, to: "change the user '\(user.name)'")
    return .bool(isDone(try await existing(arguments, context)))
  }
}
