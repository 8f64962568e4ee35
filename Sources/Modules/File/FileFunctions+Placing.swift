import Functions
import HostSystem
import Value

extension FileFunctions {
  /// What moves, copies and takes away.
  static let placing = [remove, copy, rename, move]

  private static let source = Parameter.required("src", .string, "Absolute path of what is there.")
  private static let destination = Parameter.required("dst", .string, "Absolute path of where it goes.")

  private static let remove = Function.guarded(
    "file.remove", "Removes a file, a link, or a directory with all that is in it.",
    details: """
      Returns True, or False when there was nothing. Links are removed, never followed. The root directory and a path \
      with `..` are refused.

      Example: `brine run 'web*' file.remove /srv/releases/41`
      """,
    effect: .change, parameters: [path, .keywords("kwargs", "Taken as in Salt, and not looked at.")]
  ) { arguments, context in
    let path = try AbsolutePath.removable(arguments.string("path"))
    guard context.files.status(path, followingLinks: false) != nil else { return false }
    try context.stopIfTest("remove '\(path)'")
    try context.files.removeAll(path)
    return true
  }

  private static let copy = Function.guarded(
    "file.copy", "Copies a file, or with `recurse` a directory.",
    details: """
      Returns True. The copy has mode and owner of the source; a file at `dst` is replaced in one step.

      Example: `brine run web1 file.copy /etc/nginx /root/nginx.before recurse=True`
      """,
    effect: .change,
    parameters: [
      source, destination, .optional("recurse", .bool, default: false, "Copy a directory with all that is in it."),
      .optional("remove_existing", .bool, default: false, "Remove a directory at `dst` first; else both are merged."),
    ]
  ) { arguments, context in
    let from = try AbsolutePath.argument("src", of: arguments)
    let to = try AbsolutePath.argument("dst", of: arguments)
    guard context.files.exists(from) else { throw missing(from) }
    guard context.files.isDirectory(from) || context.files.isDirectory(to) else {
      let target = try context.files.writeTarget(to)
      try context.stopIfTest("copy '\(from)' to '\(to)'")
      try context.files.copyFile(from, to: target)
      return true
    }
    guard arguments.bool("recurse") else {
      throw FunctionError(
        .badArguments, "'\(from)' or '\(to)' is a directory.", hint: "recurse=True copies directories.")
    }
    guard context.files.isDirectory(from) else {
      throw FunctionError(.badArguments, "'\(from)' is a file and '\(to)' a directory.", hint: "Name the file in it.")
    }
    try requireApart(from, to, context.files)
    try context.stopIfTest("copy the directory '\(from)' to '\(to)'")
    if arguments.bool("remove_existing"), context.files.status(to, followingLinks: false) != nil {
      try context.files.removeAll(try AbsolutePath.removable(to, "dst"))
    }
    try context.files.copyTree(context.files.realPath(from) ?? from, to: to)
    return true
  }

  private static let rename = Function.guarded(
    "file.rename", "Gives a file or directory another path on the same file system.",
    details: "Returns True; a file at `dst` is replaced. Example: `brine run web1 file.rename /srv/new /srv/app`",
    effect: .change, parameters: [source, destination]
  ) { arguments, context in
    let from = try AbsolutePath.removable(arguments.string("src"), "src")
    let to = try AbsolutePath.argument("dst", of: arguments)
    try context.stopIfTest("rename '\(from)' to '\(to)'")
    try context.files.rename(from, to: to)
    return true
  }

  private static let move = Function.guarded(
    "file.move", "Moves a file or directory, to another file system too.",
    details: """
      Into `dst` when that is a directory. Returns a map with `result` and `comment`.

      Example: `brine run web1 file.move /srv/app /mnt/archive/`
      """,
    effect: .change,
    parameters: [
      source, destination,
      .optional(
        "disallow_copy_and_unlink", .bool, default: false, "Only rename; returns True, as file.rename does."),
    ]
  ) { arguments, context in
    let from = try AbsolutePath.removable(arguments.string("src"), "src")
    let to = try AbsolutePath.argument("dst", of: arguments)
    guard let status = context.files.status(from, followingLinks: false) else { throw missing(from) }
    let isRenameOnly = arguments.bool("disallow_copy_and_unlink")
    let isInto = !isRenameOnly && context.files.isDirectory(to)
    let target = isInto ? PathText.child(PathText.basename(from), of: to) : to
    guard !isInto || context.files.status(target, followingLinks: false) == nil else {
      throw FunctionError(.failed, "'\(target)' is there already.")
    }
    try context.stopIfTest("move '\(from)' to '\(target)'")
    let parent = PathText.dirname(target)
    if isRenameOnly || context.files.status(parent)?.device == context.files.status(PathText.dirname(from))?.device {
      try context.files.rename(from, to: target)
    } else {
      if status.kind == .dir { try requireApart(from, target, context.files) }
      try context.files.copyTree(from, to: target)
      try context.files.removeAll(from)
    }
    if isRenameOnly { return true }
    return ["result": true, "comment": .string("'\(from)' moved to '\(to)'")]
  }

  /// A directory copied into itself would never come to an end.
  static func requireApart(_ from: String, _ to: String, _ files: HostFiles) throws {
    let source = files.realPath(from) ?? PathText.normalized(from)
    let parent = files.realPath(PathText.dirname(PathText.normalized(to))) ?? PathText.dirname(PathText.normalized(to))
    let target = files.realPath(to) ?? PathText.child(PathText.basename(PathText.normalized(to)), of: parent)
    guard target != source, !target.hasPrefix(source == "/" ? "/" : source + "/") else {
      throw FunctionError(.badArguments, "'\(to)' lies in '\(from)'.")
    }
  }
}
