import Functions
import HostSystem
import Value

extension ShadowFunctions {
  static let passwords = [lock, unlock, delete, set]

  private static let lock = Function.guarded(
    "shadow.lock_password", "Locks an account's password.",
    details: """
      No password lets in any more; keys and other ways still do (`shadow.set_expire` ends those). Returns True when \
      it \
      is locked, or was already; a missing user is an error.

      Example: `brine run 'web*' shadow.lock_password deploy`
      """,
    effect: .change, parameters: [name, root]
  ) { arguments, context in
    let entry = try existing(arguments, context)
    if entry.isLocked { return true }
    try await passwd("-l", entry, arguments, context)
    return .bool(try existing(arguments, context).isLocked)
  }

  private static let unlock = Function.guarded(
    "shadow.unlock_password", "Unlocks an account's password.",
    details: """
      The password it had before lets in again. Returns True when it is unlocked, or was already; a missing user, and \
      an account that would be left without any password, are errors.

      Example: `brine run 'web*' shadow.unlock_password deploy`
      """,
    effect: .change, parameters: [name, root]
  ) { arguments, context in
    let entry = try existing(arguments, context)
    if !entry.isLocked { return true }
    try await passwd("-u", entry, arguments, context)
    return .bool(try !existing(arguments, context).isLocked)
  }

  private static let delete = Function.guarded(
    "shadow.del_password", "Empties an account's password.",
    details: """
      Where PAM allows empty passwords, anybody gets in then: `shadow.lock_password` is what is mostly meant. Returns \
      True when it is empty; a missing user is an error.

      Example: `brine run web1 shadow.del_password kiosk`
      """,
    effect: .change, parameters: [name, root]
  ) { arguments, context in
    let entry = try existing(arguments, context)
    if entry.isPasswordEmpty { return true }
    try await passwd("-d", entry, arguments, context)
    return .bool(try existing(arguments, context).isPasswordEmpty)
  }

  private static let set = Function.guarded(
    "shadow.set_password", "Sets an account's password to one that is hashed already.",
    details: """
      The hash goes to chpasswd on its standard input, never onto a command line. A plain password is refused. Returns \
      True when the shadow file then holds the hash; a missing user is an error.

      The hash is an argument of the job and is seen by whoever may see the job. To give a fleet new passwords use \
      `credential.rotate`, which makes them on the hosts.

      Example: `brine run web1 shadow.set_password deploy '$y$j9T$…'`
      """,
    effect: .change,
    parameters: [
      name, .required("password", .string, "A hash of crypt(3), such as `$y$…` or `$6$…`."),
      .optional("use_usermod", .bool, default: false, "Refused: usermod takes the hash on its command line."), root,
    ]
  ) { arguments, context in
    guard !arguments.bool("use_usermod") else {
      throw FunctionError(
        .badArguments, "usermod would show the hash on its command line to every user of the host.",
        hint: "Leave use_usermod out; chpasswd does the same.")
    }
    let hash = arguments.string("password")
    try PasswordHash.check(hash)
    let secret = Secret(hash)
    let entry = try existing(arguments, context)
    if entry.hasPassword(secret) { return true }
    let argv = try ["chpasswd", "-e"] + AccountTool.root(arguments)
    try await AccountTool.run(
      argv, context, to: "set the password of '\(entry.name)'", input: .secret(Secret("\(entry.name):\(hash)\n")))
    return .bool(try existing(arguments, context).hasPassword(secret))
  }

  private static func passwd(
    _ option: String, _ entry: ShadowEntry, _ arguments: Arguments, _ context: FunctionContext
  ) async throws {
    let argv = try ["passwd"] + AccountTool.root(arguments) + [option, entry.name]
    try await AccountTool.run(argv, context, to: "change the password lock of '\(entry.name)'")
  }
}
