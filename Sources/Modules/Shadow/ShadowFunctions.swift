public import Functions
import HostSystem
import Value

/// `shadow.*`: passwords' ages and locks. Hashes are secrets here: none is returned, none stands on a command line.
public enum ShadowFunctions {
  public static let all: [Function] = [info, listUsers] + ageing + passwords + hashing

  static let name = Parameter.required("name", .string, "The account's name.")
  static let root = Parameter.optional(
    "root", .string, "A directory that holds another system (an image, a chroot) to work on.")

  private static let info = Function.guarded(
    "shadow.info", "Returns a password's age limits and how it is stored.",
    details: """
      A map with `name`, `passwd`, `lstchg`, `min`, `max`, `warn`, `inact`, `expire`: days, dates as days since \
      1970-01-01, -1 for what is not set; empty strings for all when the user has no entry.

      Unlike Salt, `passwd` never holds the hash: it is shown as its method and stars, `$y$**********`, with a `!` in \
      front when it is locked. An empty field, `!` and `*` are shown as they are.

      Example: `brine run 'web*' shadow.info deploy`
      """,
    effect: .read, parameters: [name, root]
  ) { arguments, context in
    try entry(arguments, context)?.value ?? ShadowEntry.missing
  }

  private static let listUsers = Function.guarded(
    "shadow.list_users", "Returns the names of all accounts in the shadow file.",
    details: "A sorted list of names. Example: `brine run '*' shadow.list_users`", effect: .read, parameters: [root]
  ) { arguments, context in
    .strings(try entries(arguments, context).map(\.name).sorted())
  }

  static func entries(_ arguments: Arguments, _ context: FunctionContext) throws -> [ShadowEntry] {
    let root = arguments.optionalString("root") ?? ""
    let prefix = root.isEmpty || root == "/" ? "" : try AbsolutePath.check(root, "root")
    return try context.files.readText(prefix + "/etc/shadow").splitLines().compactMap(ShadowEntry.init(line:))
  }

  static func entry(_ arguments: Arguments, _ context: FunctionContext) throws -> ShadowEntry? {
    let name = try AccountName.existing(arguments.string("name"))
    return try entries(arguments, context).first { $0.name == name }
  }

  static func existing(_ arguments: Arguments, _ context: FunctionContext) throws -> ShadowEntry {
    guard let entry = try entry(arguments, context) else {
      throw FunctionError(
        .notFound, "'\(arguments.string("name"))' has no entry in the shadow file.",
        hint: "Only accounts of this host have one; those of a directory have not.")
    }
    return entry
  }
}
