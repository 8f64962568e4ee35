import Functions
import HostSystem
import Value

extension FileFunctions {
  static let directories = [readdir, mkdir, makedirs, makedirsPerms, rmdir]

  private static let owner: [Parameter] = [
    .optional("user", .any, "Name or number of its owner; the minion's user when not given."),
    .optional("group", .any, "Name or number of its group; the minion's group when not given."),
  ]
  private static let mode = Parameter.optional("mode", .any, "Permission bits as octal digits; 0755 when not given.")

  private static let readdir = Function.guarded(
    "file.readdir", "Returns the names in a directory.",
    details:
      "A list of names, `.` and `..` first, the others sorted. Example: `brine run 'web*' file.readdir /etc/nginx`",
    effect: .read, parameters: [path]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard context.files.isDirectory(path) else {
      throw FunctionError(.badArguments, "'\(path)' is not a directory.")
    }
    return .strings([".", ".."] + (try context.files.entries(path)))
  }

  private static let mkdir = Function.guarded(
    "file.mkdir", "Makes a directory, and those that are missing above it.",
    details: """
      Returns True; one that is there stays as it is. All that are made get the owner and mode.

      Example: `brine run 'web*' file.mkdir /srv/app user=deploy mode=0750`
      """,
    effect: .change, parameters: [.required("dir_path", .string, "Absolute path.")] + owner + [mode]
  ) { arguments, context in
    let path = try AbsolutePath.argument("dir_path", of: arguments)
    if context.files.isDirectory(path) { return true }
    try await DirectoryMaker(arguments, context).make(path)
    return true
  }

  private static let makedirs = Function.guarded(
    "file.makedirs", "Makes the directories above a path.",
    details: """
      What stands after the last slash is not made: `/srv/app/` makes `/srv/app`, `/srv/app/x` too. Returns None, or a \
      sentence when the directory is there already.

      Example: `brine run 'web*' file.makedirs /srv/app/current/`
      """,
    effect: .change, parameters: [path] + owner + [mode]
  ) { arguments, context in
    let directory = PathText.normalized(PathText.dirname(try AbsolutePath.argument("path", of: arguments)))
    if context.files.isDirectory(directory) { return .string("Directory '\(directory)' already exists") }
    if context.files.exists(directory) {
      return .string("The path '\(directory)' already exists and is not a directory")
    }
    try await DirectoryMaker(arguments, context).make(directory)
    return .null
  }

  private static let makedirsPerms = Function.guarded(
    "file.makedirs_perms", "Makes a directory and those above it, with owner and mode.",
    details: """
      Returns None; a directory that is there already is an error.

      Example: `brine run 'web*' file.makedirs_perms /srv/app user=deploy group=deploy mode=0750`
      """,
    effect: .change,
    parameters: [.required("name", .string, "Absolute path.")] + owner + [
      .optional("mode", .any, default: "0755", "Permission bits as octal digits.")
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("name", of: arguments)
    guard context.files.status(path, followingLinks: false) == nil else {
      throw FunctionError(.failed, "'\(path)' is there already.", hint: "file.check_perms sets owner and mode.")
    }
    try await DirectoryMaker(arguments, context).make(path)
    return .null
  }

  static let rmdir = Function.guarded(
    "file.rmdir", "Removes an empty directory, or a tree of empty directories.",
    details: """
      Returns whether all is removed; with `verbose` a map with `deleted`, `errors` (path and reason) and `result`. \
      Directories that hold files stay: file.remove takes those.

      Example: `brine run web1 file.rmdir /srv/old recurse=True`
      """,
    effect: .change,
    parameters: [
      path, .optional("recurse", .bool, default: false, "Remove the empty directories below it first."),
      .optional("verbose", .bool, default: false, "Say what was removed and what was not."),
      .optional("older_than", .int, "Only directories not changed for so many days."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.removable(arguments.string("path"))
    guard context.files.status(path, followingLinks: false)?.kind == .dir else {
      throw FunctionError(.badArguments, "'\(path)' is not a directory.")
    }
    let isRecursive = arguments.bool("recurse")
    var candidates: [FileTree.Item] = []
    try FileTree.walk(path, context.files, maximumDepth: isRecursive ? .max : 0) { item in
      if item.status.kind == .dir { candidates.append(item) }
    }
    if let days = arguments.int("older_than"), days > 0 {
      let limit = FileFinder.now() - Double(days) * 86400
      candidates.removeAll { $0.status.modificationTime >= limit }
    }
    try context.stopIfTest("remove what is empty of \(candidates.count) directories at '\(path)'")
    var deleted: [Value] = []
    var errors: [Value] = []
    // The walk gives a directory before what is in it.
    for item in candidates.reversed() {
      do {
        try context.files.removeEmptyDirectory(item.path)
        deleted.append(.string(item.path))
      } catch {
        errors.append([.string(item.path), .string("\(error)")])
      }
    }
    let result = Value.bool(errors.isEmpty)
    return arguments.bool("verbose") ? ["deleted": .list(deleted), "errors": .list(errors), "result": result] : result
  }
}
