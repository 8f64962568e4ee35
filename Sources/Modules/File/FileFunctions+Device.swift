import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

extension FileFunctions {
  static let devices: [Function] = [
    isKind("blkdev", .block, "a block device"), isKind("chrdev", .char, "a character device"),
    isKind("fifo", .pipe, "a fifo"), make("blkdev", "b", "a block device", [major, minor]),
    make("chrdev", "c", "a character device", [major, minor]), make("fifo", "p", "a fifo", []), mknod, deviceNumbers,
    parent, listAttributes, changeAttributes,
  ]

  private static func isKind(_ word: String, _ kind: FileStatus.Kind, _ noun: String) -> Function {
    Function.guarded(
      "file.is_\(word)", "Tells whether there is \(noun) at a path.", effect: .read, parameters: [nodeName]
    ) { arguments, context in .bool(context.files.status(arguments.string("name"))?.kind == kind) }
  }

  private static func make(_ word: String, _ type: String, _ noun: String, _ numbers: [Parameter]) -> Function {
    let parameters: [Parameter] = [nodeName] + numbers + ownership
    return Function.guarded(
      "file.mknod_\(word)", "Makes \(noun).", details: "Returns `{name, changes, comment, result}`.",
      effect: .change, parameters: parameters
    ) { arguments, context in try await node(arguments, type, context) }
  }

  private static let nodeName = Parameter.required("name", .string, "Absolute path.")
  private static let major = Parameter.required("major", .int, "Major number.")
  private static let minor = Parameter.required("minor", .int, "Minor number.")
  private static let ownership: [Parameter] = [
    .optional("user", .string, "Owner."), .optional("group", .string, "Group."),
    .optional("mode", .string, default: "0600", "Permissions."),
  ]

  private static let mknod = Function.guarded(
    "file.mknod", "Makes a device or a fifo.", details: "Returns `{name, changes, comment, result}`.", effect: .change,
    parameters: [
      nodeName, .required("ntype", .string, "b, c or p.", choices: ["b", "c", "p"]),
      .optional("major", .int, default: 0, "Major number."), .optional("minor", .int, default: 0, "Minor number."),
    ] + ownership
  ) { arguments, context in try await node(arguments, arguments.string("ntype"), context) }

  /// What the state `file.mknod` says.
  private static func node(_ arguments: Arguments, _ type: String, _ context: FunctionContext) async throws -> Value {
    var named: ValueMap = ["ntype": .string(type)]
    for name in ["name", "major", "minor", "user", "group", "mode"] where arguments.has(name) {
      named[name] = arguments[name]
    }
    guard let state = context.states["file.mknod"] else { throw FunctionError(.unavailable, "There is no file.mknod.") }
    let result = try await state.body(
      Arguments(binding: CallArguments([], named: named), to: state.signature), StateContext(functions: context))
    return [
      "name": arguments["name"], "changes": .map(result.changes), "comment": .string(result.comment),
      "result": result.result.map(Value.bool) ?? .null,
    ]
  }

  private static let deviceNumbers = Function.guarded(
    "file.get_devmm", "Gives a device's numbers.", details: "Returns `[major, minor]`; `[0, 0]` for what is none.",
    effect: .read, parameters: [nodeName]
  ) { arguments, context in
    var buffer = stat()
    let path = try AbsolutePath.argument("name", of: arguments)
    guard stat(context.files.resolve(path), &buffer) == 0, [S_IFBLK, S_IFCHR].contains(buffer.st_mode & S_IFMT) else {
      return [0, 0]
    }
    let number = UInt64(buffer.st_rdev)
    let major: UInt64 = ((number >> 8) & 0xfff) | ((number >> 32) & ~0xfff)
    let minor: UInt64 = (number & 0xff) | ((number >> 12) & 0xffff_ff00)
    return [.integer(major), .integer(minor)]
  }

  private static let parent = Function("file.pardir", "Gives the name of the directory above.", effect: .read) { _, _ in
    ".."
  }

  private static let listAttributes = Function.guarded(
    "file.lsattr", "Gives the attributes of a file, or of what a directory holds.",
    details: "Returns path → list of letters.", effect: .inspect, parameters: [path]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard context.files.exists(path) else {
      throw FunctionError(.notFound, "File or directory does not exist: \(path)")
    }
    var map: ValueMap = [:]
    for line in try await context.output(of: ["lsattr", "--", path], package: "e2fsprogs").splitLines() {
      guard let blank = line.firstIndex(of: " ") else { continue }
      map[line[blank...].trimmed()] = .strings(line[..<blank].filter { $0 != "-" }.map { String($0) })
    }
    return .map(map)
  }

  private static let changeAttributes = Function.guarded(
    "file.chattr", "Changes the attributes of files.", details: "Returns whether that worked.", effect: .change,
    parameters: [
      .variadic("files", .string, "Absolute paths."), .optional("operator", .string, "`add` or `remove`."),
      .optional("attributes", .string, "Letters, such as `i`."),
      .optional("flags", .string, "Letters of chattr's options, such as `R`."),
      .optional("version", .int, "A version."),
    ]
  ) { arguments, context in
    guard let sign = ["add": "+", "remove": "-"][arguments.string("operator")] else {
      throw FunctionError(.badArguments, "Need an operator: 'add' or 'remove' to modify attributes.")
    }
    let (letters, flags) = (arguments.string("attributes"), arguments.string("flags"))
    guard letters.allSatisfy({ "aAcCdDeFijPsStTu".contains($0) }), flags.allSatisfy({ "RVf".contains($0) }) else {
      throw FunctionError(.badArguments, "'\(letters)' or '\(flags)' are not letters of chattr(1).")
    }
    var argv = ["chattr"]
    if !flags.isEmpty { argv.append("-\(flags)") }
    if let version = arguments.int("version") { argv += ["-v", String(version)] }
    if !letters.isEmpty { argv.append(sign + letters) }
    for file in arguments.strings("files") { argv.append(try AbsolutePath.check(file, "files")) }
    try context.stopIfTest("run `\(argv.joined(separator: " "))`")
    return .bool(try await context.start(argv, package: "e2fsprogs").isSuccess)
  }
}
