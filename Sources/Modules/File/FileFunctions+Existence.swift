import Functions
import Glibc
import HostSystem
import Value

extension FileFunctions {
  static let existence = [fileExists, directoryExists, access, isLink, isHardLink, pathExistsGlob]

  private static let fileExists = Function.guarded(
    "file.file_exists", "Tells whether there is a regular file at a path.",
    details:
      """
      True or False; a link counts as what it leads to. Example: `brine run '*' file.file_exists \
      /etc/ssl/openssl.cnf`
      """,
    effect: .read, parameters: [path]
  ) { arguments, context in
    .bool(context.files.isFile(try AbsolutePath.argument("path", of: arguments)))
  }

  private static let directoryExists = Function.guarded(
    "file.directory_exists", "Tells whether there is a directory at a path.",
    details:
      "True or False; a link counts as what it leads to. Example: `brine run '*' file.directory_exists /etc/nginx`",
    effect: .read, parameters: [path]
  ) { arguments, context in
    .bool(context.files.isDirectory(try AbsolutePath.argument("path", of: arguments)))
  }

  private static let access = Function.guarded(
    "file.access", "Tells whether the minion may use a file in some way.",
    details: "True or False, for the minion's own user (mostly root). Example: `brine run web1 file.access /srv/www r`",
    effect: .read,
    parameters: [
      path, .required("mode", .string, "f: exists, r: read, w: write, x: execute.", choices: ["f", "r", "w", "x"]),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let mode =
      switch arguments.string("mode") {
      case "r": R_OK
      case "w": W_OK
      case "x": X_OK
      default: F_OK
      }
    return .bool(context.files.isAccessible(path, mode))
  }

  private static let isLink = Function.guarded(
    "file.is_link", "Tells whether a path is a symbolic link.",
    details: "True or False, also for a link that leads nowhere. Example: `brine run '*' file.is_link /etc/localtime`",
    effect: .read,
    parameters: [path, .optional("nostat", .bool, default: false, "Kept for Salt's sake; makes no difference here.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    return .bool(context.files.status(path, followingLinks: false)?.kind == .link)
  }

  private static let isHardLink = Function.guarded(
    "file.is_hardlink", "Tells whether a file has further names.",
    details: "True when it has more than one. Example: `brine run '*' file.is_hardlink /usr/bin/perl`", effect: .read,
    parameters: [path]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    return .bool((context.files.status(path, followingLinks: false)?.links ?? 0) > 1)
  }

  private static let pathExistsGlob = Function.guarded(
    "file.path_exists_glob", "Tells whether anything matches a pattern.",
    details: """
      The pattern may have `*`, `?` and `[a-z]` in any part; hidden names are matched only by a part that begins \
      with a dot.

      Example: `brine run 'web*' file.path_exists_glob '/etc/nginx/sites-enabled/*.conf'`
      """,
    effect: .read, parameters: [.required("path", .string, "Absolute path, with a pattern.")]
  ) { arguments, context in
    .bool(!PathGlob.expand(try AbsolutePath.argument("path", of: arguments), context.files).isEmpty)
  }
}
