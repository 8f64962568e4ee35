import Functions
import Value

extension FileStates {
  static let directory = StateFunction.file(
    "file.directory", "A directory is there, with owner and mode, also of what is in it.",
    details: """
      `changes` has each path with what changed. `recurse` is a list of `user`, `group`, `mode` (what is set below the \
      directory too), `ignore_files` or `ignore_dirs`, and `silent`. `clean` removes what belongs to no `file` state that \
      this one requires. Links below the directory are never followed unless `follow_symlinks` says so.

      Example:

          /srv/app:
            file.directory:
              - user: app
              - dir_mode: '0755'
              - file_mode: '0644'
              - recurse: [user, mode]
      """,
    parameters: [
      name, user, group, .optional("recurse", .any, "What is set for all below: a list."),
      .optional("max_depth", .int, "How deep a recursion goes."),
      .optional("dir_mode", .any, "Permission bits of directories as octal digits; also `mode`."),
      .optional("file_mode", .any, "Those of files, for a recursion; `dir_mode` when not given."), makedirs,
      .optional("clean", .bool, default: false, "Remove what no required state puts there."),
      .optional("exclude_pat", .any, "Patterns of what `clean` leaves; behind `E@` regular expressions."),
      .optional("follow_symlinks", .bool, default: false, "Look at what links lead to."),
      .optional("force", .bool, default: false, "Replace a file or link that is there."),
      .optional("backupname", .string, "Where a file that is there is moved to first."),
      .optional("allow_symlink", .bool, default: true, "A link to a directory counts as one."),
      .optional("children_only", .bool, default: false, "Set owner and mode only of what is in it."), more,
    ]
  ) { arguments, context in
    let path = StatePath.withoutTrailingSlash(try StatePath.name(arguments, of: "file.directory"))
    let kwargs = arguments.map("kwargs")
    if arguments.isGiven("max_depth"), arguments.bool("clean") {
      throw StateRefusal("Cannot specify both max_depth and clean")
    }
    let mode = arguments.isGiven("dir_mode") ? arguments["dir_mode"] : kwargs["mode"] ?? .null
    let user = arguments.isGiven("user") ? arguments["user"] : kwargs["owner"] ?? .null
    let permissions = try await FilePermissions(user: user, group: arguments["group"], mode: mode, context)
    try StatePath.requireAbsolute(path)
    var state = DirectoryState(context: context, path: path, permissions: permissions)
    state.fileMode = try FileMode.parse(arguments["file_mode"])
    state.recursion = arguments["recurse"]
    state.maximumDepth = arguments.int("max_depth")
    state.makesDirectories = arguments.bool("makedirs")
    state.isClean = arguments.bool("clean")
    state.excluded = arguments["exclude_pat"]
    state.followsLinks = arguments.bool("follow_symlinks")
    state.isForced = arguments.bool("force")
    state.backupName = arguments.optionalString("backupname")
    state.allowsLink = arguments.bool("allow_symlink")
    state.childrenOnly = arguments.bool("children_only")
    return try await state.run()
  }
}
