import Functions
import HostSystem
import Value

extension FileFunctions {
  static let find = Function.guarded(
    "file.find", "Returns the files below a path that fit all criteria.",
    details: """
      A sorted list of paths, or with `print` of what it names (a list for each file when it names several). Times: \
      `2d` finds what was last changed 2 days ago or earlier, `-2d` what was changed since; units w d h m s can be \
      put together. Sizes: `10m` exactly so many of the unit, `+10m` that or more, `-10m` that or less; units b k m g t.

      Salt's `regex`, `iregex`, `grep`, `exec` and `delete` are not offered; file.remove removes.

      Example: `brine run '*' file.find /var/log type=f name='*.log' size=+10m print=path,size`
      """,
    effect: .inspect,
    parameters: [
      .required("path", .string, "Absolute path where to begin; may be a pattern."),
      .variadic("args", .string, "The word `print`, which prints paths, as nothing does too."),
      .optional("name", .string, "Pattern of the file's name: `*`, `?`, `[a-z]`, `{a,b}`."),
      .optional("iname", .string, "The same, in upper or lower case."),
      .optional("type", .string, "Letters: f file, d directory, l link, b c p s, a for all."),
      .optional("user", .stringList, "Owners, by name or number."),
      .optional("group", .stringList, "Groups, by name or number."),
      .optional("size", .string, "Size."), .optional("mtime", .string, "Time of last change."),
      .optional("mindepth", .int, default: 0, "Levels to go down before anything counts."),
      .optional("maxdepth", .int, "Levels to go down at most."),
      .optional("print", .string, "What to give of each: path, name, size, type, mode, mtime, user, group, md5."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    if let word = arguments.strings("args").first(where: { $0 != "print" }) {
      throw FunctionError(.badArguments, "file.find does not do '\(word)'.", hint: "file.remove removes files.")
    }
    let finder = try await FileFinder(arguments, context)
    var found: [FileTree.Item] = []
    for start in PathGlob.expand(path, context.files) { found += try finder.items(below: start, context.files) }
    found.sort { $0.path < $1.path }
    var values: [Value] = []
    for item in found { values.append(try await finder.printed(item, context)) }
    return .list(values)
  }
}
