import Functions
import HostSystem
import Value

extension FileFunctions {
  static let writing = [write, append, prepend, touch, truncate]

  private static let lines = Parameter.variadic(
    "args", .any, "The lines, without their ends; also `args='[…]'` as a list.")

  private static let write = Function.guarded(
    "file.write", "Writes lines to a file in place of what is in it.",
    details: """
      Returns `Wrote N lines to "PATH"`. Mode and owner of a file that is there stay; a new one has 0644.

      Example: `brine run web1 file.write /etc/motd 'Welcome.' 'Be kind.'`
      """,
    effect: .change, parameters: [path, lines]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let lines = arguments.strings("args")
    let target = try context.files.writeTarget(path)
    try context.stopIfTest("write \(lines.count) lines to '\(path)'")
    try context.files.write(target, text: text(lines))
    return .string("Wrote \(lines.count) lines to \"\(path)\"")
  }

  private static let append = Function.guarded(
    "file.append", "Writes lines after those of a file.",
    details: """
      Returns `Wrote N lines to "PATH"`; a missing file is an error. A last line without an end gets one first.

      Example: `brine run web1 file.append /etc/motd 'Maintenance tonight.'`
      """,
    effect: .change, parameters: [path, lines]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let lines = arguments.strings("args")
    guard context.files.exists(path) else { throw missing(path) }
    let target = try context.files.writeTarget(path)
    var bytes = try regularContent(target, context.files)
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    bytes += text(lines).utf8
    try context.stopIfTest("append \(lines.count) lines to '\(path)'")
    try context.files.write(target, bytes)
    return .string("Wrote \(lines.count) lines to \"\(path)\"")
  }

  private static let prepend = Function.guarded(
    "file.prepend", "Writes lines before those of a file.",
    details: """
      Returns `Prepended N lines to "PATH"`; a missing file is made.

      Example: `brine run web1 file.prepend /etc/motd 'Read this first.'`
      """,
    effect: .change, parameters: [path, lines]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let lines = arguments.strings("args")
    let target = try context.files.writeTarget(path)
    let old = context.files.exists(target) ? try regularContent(target, context.files) : []
    try context.stopIfTest("prepend \(lines.count) lines to '\(path)'")
    try context.files.write(target, Array(text(lines).utf8) + old)
    return .string("Prepended \(lines.count) lines to \"\(path)\"")
  }

  private static let touch = Function.guarded(
    "file.touch", "Makes an empty file, or sets the times of one that is there.",
    details: "Returns True. Example: `brine run 'web*' file.touch /var/www/maintenance`", effect: .change,
    parameters: [
      .required("name", .string, "Absolute path."),
      .optional("atime", .int, "Time of last access, seconds since 1970; now when not given."),
      .optional("mtime", .int, "Time of last change, seconds since 1970; now when not given."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("name", of: arguments)
    try context.stopIfTest("touch '\(path)'")
    try context.files.touch(path, accessTime: arguments.int("atime"), modificationTime: arguments.int("mtime"))
    return .bool(context.files.exists(path))
  }

  private static let truncate = Function.guarded(
    "file.truncate", "Cuts a file to a length, or fills it up with zeros.",
    details: "Returns None. Example: `brine run web1 file.truncate /var/log/huge.log 0`", effect: .change,
    parameters: [path, .required("length", .int, "The length in bytes.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard let length = arguments.int("length"), length >= 0 else {
      throw FunctionError(.badArguments, "'length' is a number of bytes, not '\(arguments["length"])'.")
    }
    guard context.files.isFile(path) else { throw missing(path) }
    let target = try context.files.writeTarget(path)
    try context.stopIfTest("set the length of '\(path)' to \(length)")
    try context.files.setSize(target, length)
    return .null
  }

  private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// What is in a file that is going to be replaced by a regular one.
  private static func regularContent(_ path: String, _ files: HostFiles) throws -> [UInt8] {
    guard files.isFile(path) else { throw FunctionError(.badArguments, "'\(path)' is not a regular file.") }
    return try files.read(path, limit: 64 << 20)
  }
}
