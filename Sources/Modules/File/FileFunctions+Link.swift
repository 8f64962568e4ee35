import Functions
import HostSystem
import Value

extension FileFunctions {
  static let links = [readlink, symlink, link]

  private static let readlink = Function.guarded(
    "file.readlink", "Returns where a symbolic link leads.",
    details:
      """
      The text of the link, or the real path with `canonicalize`. Example: `brine run '*' file.readlink \
      /etc/localtime`
      """,
    effect: .read,
    parameters: [path, .optional("canonicalize", .bool, default: false, "Follow all links to the end.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard let target = context.files.linkTarget(path) else {
      throw FunctionError(.badArguments, "'\(path)' is not a symbolic link.")
    }
    guard arguments.bool("canonicalize") else { return .string(target) }
    return .string(
      context.files.realPath(path) ?? PathText.normalized(PathText.joined([PathText.dirname(path), target])))
  }

  private static let symlink = Function.guarded(
    "file.symlink", "Makes a symbolic link.",
    details: """
      Returns True, also when the link is there and leads to the same. Something else at `path` is an error without \
      `force` or `atomic`; a directory is never replaced.

      Example: `brine run 'web*' file.symlink /srv/releases/42 /srv/current atomic=True`
      """,
    effect: .change,
    parameters: [
      .required("src", .string, "Where the link is to lead; may be relative to it."),
      .required("path", .string, "Absolute path of the link."),
      .optional("force", .bool, default: false, "Replace a file or link that is there."),
      .optional("atomic", .bool, default: false, "Replace it in one step, so that the path is never missing."),
      .optional("follow_symlinks", .bool, default: true, "Kept for Salt's sake; a link at `path` is never followed."),
    ]
  ) { arguments, context in
    let target = arguments.string("src")
    guard !target.isEmpty, !target.utf8.contains(0) else {
      throw FunctionError(.badArguments, "'src' has to be a path, without a NUL byte.")
    }
    let path = try AbsolutePath.argument("path", of: arguments)
    let old = context.files.status(path, followingLinks: false)
    if old?.kind == .link {
      if context.files.linkTarget(path).map(PathText.normalized) == PathText.normalized(target) { return true }
    } else if old?.kind == .dir {
      throw FunctionError(
        .failed, "'\(path)' is a directory.", hint: "file.remove or file.rename takes it out of the way.")
    }
    guard old == nil || arguments.bool("force") || arguments.bool("atomic") else {
      throw FunctionError(
        .failed, "'\(path)' is there already and is \(old?.kind == .link ? "a link to something else" : "not a link").",
        hint: "force=True or atomic=True replaces it.")
    }
    try context.stopIfTest("make the link '\(path)' to '\(target)'")
    // Both ways of replacing are the same here: a link beside it, renamed over it.
    try context.files.placeSymbolicLink(path, to: target)
    return true
  }

  private static let link = Function.guarded(
    "file.link", "Gives a file a further name on the same file system.",
    details: "Returns True; something at `path` is an error. Example: `brine run web1 file.link /srv/a /srv/b`",
    effect: .change,
    parameters: [
      .required("src", .string, "Absolute path of the file."),
      .required("path", .string, "Absolute path of its new name."),
    ]
  ) { arguments, context in
    let source = try AbsolutePath.argument("src", of: arguments)
    let path = try AbsolutePath.argument("path", of: arguments)
    try context.stopIfTest("make the hard link '\(path)' to '\(source)'")
    try context.files.makeHardLink(path, to: source)
    return true
  }
}
