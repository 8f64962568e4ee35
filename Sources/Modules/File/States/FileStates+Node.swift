import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

extension FileStates {
  static let mknod = StateFunction.file(
    "file.mknod", "A device or a named pipe is there.",
    details: """
      `ntype` is `c` (character device), `b` (block device) or `p` (pipe). What is there and is something else is never \
      replaced.

      Example:

          /run/app.fifo:
            file.mknod:
              - ntype: p
              - mode: '0660'
      """,
    parameters: [
      name, .required("ntype", .string, "What kind."),
      .optional("major", .int, default: 0, "The device's major number."),
      .optional("minor", .int, default: 0, "Its minor number."), user, group,
      .optional("mode", .any, default: "0600", "Permission bits as octal digits."),
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.mknod")
    try StatePath.requireAbsolute(path)
    let words: (text: String, article: String, kind: FileStatus.Kind)
    switch arguments.string("ntype") {
    case "c": words = ("character device", "Character device", .char)
    case "b": words = ("block device", "Block device", .block)
    case "p": words = ("fifo pipe", "Fifo pipe", .pipe)
    case let other:
      throw StateRefusal(
        "Node type unavailable: '\(other)'. Available node types are character ('c'), block ('b'), and pipe ('p')")
    }
    let files = context.functions.files
    let permissions = try await FilePermissions(
      user: arguments["user"], group: arguments["group"], mode: arguments["mode"], context)
    guard let old = files.status(path) else {
      guard !context.isTest else { return StateResult(nil, "\(words.article) \(path) is set to be created") }
      let parent = PathText.dirname(path)
      if !files.isDirectory(parent) {
        try DirectoryMaker(context.functions, uid: permissions.uid, gid: permissions.gid, mode: nil).make(parent)
      }
      try files.makeNode(
        path, words.kind, major: UInt32(clamping: arguments.int("major") ?? 0),
        minor: UInt32(clamping: arguments.int("minor") ?? 0))
      try files.setAttributes(
        path, below: nil, uid: permissions.uid, gid: permissions.gid, mode: permissions.mode ?? 0o600)
      return StateResult(true, "", changes: ["new": .string("\(words.article) \(path) created.")])
    }
    guard old.kind == words.kind else {
      throw StateRefusal("File \(path) exists and is not a \(words.text). Refusing to continue")
    }
    if old.kind != .pipe {
      let numbers = try files.deviceNumbers(path)
      guard Int(numbers.major) == arguments.int("major"), Int(numbers.minor) == arguments.int("minor") else {
        throw StateRefusal(
          "\(words.article) \(path) exists and has a different major/minor \(numbers.major)/\(numbers.minor). Refusing "
            + "to continue")
      }
    }
    let changes = try permissions.enforce(path, followingLinks: false, context.functions)
    guard !changes.isEmpty else { return StateResult(true, "\(words.article) \(path) is in the correct state") }
    return StateResult(context.isTest ? nil : true, "", changes: changes)
  }
}

extension HostFiles {
  /// Makes a device or a pipe that is for its owner only.
  func makeNode(
    _ path: String, _ kind: FileStatus.Kind, major: UInt32, minor: UInt32
  ) throws(HostError) {
    let type = kind == .pipe ? S_IFIFO : kind == .block ? S_IFBLK : S_IFCHR
    guard Glibc.mknod(resolve(path), type | 0o600, Self.number(major: major, minor: minor)) == 0 else {
      throw HostError(errno: errno, "make", path)
    }
  }

  func deviceNumbers(_ path: String) throws(HostError) -> (major: UInt32, minor: UInt32) {
    var status = stat()
    guard lstat(resolve(path), &status) == 0 else { throw HostError(errno: errno, "look at", path) }
    let number = UInt64(status.st_rdev)
    return (
      UInt32(truncatingIfNeeded: number >> 8 & 0xFFF | number >> 32 & 0xFFFF_F000),
      UInt32(truncatingIfNeeded: number & 0xFF | number >> 12 & 0xFFFF_FF00)
    )
  }

  /// Linux's number of a device.
  private static func number(major: UInt32, minor: UInt32) -> dev_t {
    let (major, minor) = (UInt64(major), UInt64(minor))
    return dev_t((major & 0xFFFF_F000) << 32 | (major & 0xFFF) << 8 | (minor & 0xFFFF_FF00) << 12 | minor & 0xFF)
  }
}
