import Functions
import HostSystem
import Value

extension UserFunctions {
  static let add = Function.guarded(
    "user.add", "Adds an account.",
    details: """
      Returns True. What useradd refuses is an error with its words. The account has no password until one is set \
      (`credential.rotate`, `shadow.set_password`).

      Example: `brine run 'web*' user.add deploy uid=2001 groups=www-data,adm shell=/bin/bash`
      """,
    effect: .change,
    parameters: [
      name, .optional("uid", .int, "Its number; the next free one when not given."),
      .optional("gid", .string, "Number or name of its primary group."),
      .optional("groups", .stringList, "Further groups; each has to exist."),
      .optional("home", .string, "Home directory."),
      .optional("shell", .string, "Login shell."),
      .optional("unique", .bool, default: true, "False allows a number that another account has."),
      .optional("system", .bool, default: false, "A system account: a low number, no ageing of the password."),
      .optional("fullname", .string, default: "", "Full name."),
      .optional("roomnumber", .string, default: "", "Room."),
      .optional("workphone", .string, default: "", "Telephone at work."),
      .optional("homephone", .string, default: "", "Telephone at home."),
      .optional("other", .string, default: "", "The rest of the comment field."),
      .optional("createhome", .bool, default: true, "Whether to make the home directory."),
      .optional("loginclass", .string, "OpenBSD's; refused on Linux."),
      .optional("nologinit", .bool, default: false, "Leave the account out of lastlog and faillog."),
      root,
      .optional("usergroup", .bool, "True makes a group of the same name, False does not; else as the host is set."),
      .optional("local", .bool, default: false, "Use luseradd, which ignores directories such as LDAP."),
    ]
  ) { arguments, context in
    let name = try AccountName.new(arguments.string("name"))
    let argv = try await useraddArguments(name, arguments, context)
    try await AccountTool.run(argv, context, to: "add the user '\(name)'")
    return true
  }

  private static func useraddArguments(
    _ name: String, _ arguments: Arguments, _ context: FunctionContext
  ) async throws -> [String] {
    guard !arguments.isGiven("loginclass") else {
      throw FunctionError(.badArguments, "Login classes are OpenBSD's; there are none on Linux.")
    }
    let isLocal = arguments.bool("local")
    let groups = try arguments.strings("groups").map { try AccountName.existing($0, "groups") }
    var argv = [isLocal ? "luseradd" : "useradd"]
    if !isLocal { argv += try AccountTool.root(arguments) }
    if let shell = text("shell", arguments) { argv += ["-s", try AccountField.path(shell, "shell")] }
    if arguments.isGiven("uid") { argv += ["-u", String(try AccountField.id(arguments["uid"], "uid"))] }
    if let group = text("gid", arguments) {
      argv += ["-g", try AccountName.existing(group, "gid")]
    } else if arguments.bool("usergroup"), !isLocal {
      argv.append("-U")
    } else if groups.contains(name), usesGroupPerUser(context) {
      // The group of that name is there already, so useradd would refuse to make it.
      let database = try AccountDatabase(context, root: arguments.optionalString("root"))
      if let group = try await database.group(named: name) { argv += ["-g", String(group.gid)] }
    }
    if arguments["usergroup"] == false { argv.append(isLocal ? "-n" : "-N") }
    if arguments.bool("createhome") {
      if !isLocal { argv.append("-m") }
    } else {
      argv.append("-M")
    }
    if arguments.bool("nologinit") { argv.append("-l") }
    if let home = text("home", arguments) { argv += ["-d", try AccountField.path(home, "home")] }
    if !arguments.bool("unique") { argv.append("-o") }
    if arguments.bool("system") { argv.append("-r") }
    if !groups.isEmpty { argv += ["-G", groups.joined(separator: ",")] }
    let comment = try gecos(arguments)
    if !comment.isEmpty { argv += ["-c", comment] }
    return argv + [name]
  }

  private static func text(_ name: String, _ arguments: Arguments) -> String? {
    arguments.optionalString(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func gecos(_ arguments: Arguments) throws -> String {
    var gecos = Gecos("")
    gecos.fullName = try AccountField.gecos(arguments.string("fullname"), "fullname")
    gecos.roomNumber = try AccountField.gecos(arguments.string("roomnumber"), "roomnumber")
    gecos.workPhone = try AccountField.gecos(arguments.string("workphone"), "workphone")
    gecos.homePhone = try AccountField.gecos(arguments.string("homephone"), "homephone")
    gecos.other = try AccountField.gecos(arguments.string("other"), "other")
    return gecos.text
  }

  private static func usesGroupPerUser(_ context: FunctionContext) -> Bool {
    context.files.linesIfPresent("/etc/login.defs").contains { $0.fields().prefix(2) == ["USERGROUPS_ENAB", "yes"] }
  }
}
