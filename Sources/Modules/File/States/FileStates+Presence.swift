import Functions
import HostSystem
import Value

extension FileStates {
  static let absent = StateFunction.file(
    "file.absent", "Nothing is at a path: file, link or directory with all that is in it.",
    details: """
      Links are removed, never followed. The root directory is refused. `changes` has `removed` with the path.

      Example:

          /etc/nginx/sites-enabled/default:
            file.absent: []
      """,
    parameters: [name, more]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.absent")
    try StatePath.requireAbsolute(path)
    guard PathText.normalized(path).contains(where: { $0 != "/" }) else {
      throw StateRefusal("Refusing to make \"/\" absent")
    }
    guard let status = context.functions.files.status(path, followingLinks: false) else {
      return StateResult(true, "File \(path) is not present")
    }
    let isDirectory = status.kind == .dir
    let changes: ValueMap = ["removed": .string(path)]
    guard !context.isTest else {
      return StateResult(nil, "\(isDirectory ? "Directory" : "File") \(path) is set for removal", changes: changes)
    }
    try context.functions.files.removeAll(try AbsolutePath.removable(path, "name"))
    return StateResult(true, "Removed \(isDirectory ? "directory" : "file") \(path)", changes: changes)
  }

  static let exists = StateFunction.file(
    "file.exists", "Something is at a path; nothing is made.",
    details: "Example:\n\n    /etc/ssl/private/site.key:\n      file.exists: []", parameters: [name, more]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.exists")
    guard path.hasPrefix("/"), context.functions.files.exists(path) else {
      throw StateRefusal("Specified path \(path) does not exist")
    }
    return StateResult(true, "Path \(path) exists")
  }

  static let missing = StateFunction.file(
    "file.missing", "Nothing is at a path; nothing is removed.",
    details: "Example:\n\n    /etc/nologin:\n      file.missing: []", parameters: [name, more]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.missing")
    if path.hasPrefix("/"), context.functions.files.exists(path) {
      throw StateRefusal("Specified path \(path) exists")
    }
    return StateResult(true, "Path \(path) is missing")
  }

  static let touch = StateFunction.file(
    "file.touch", "A file is there, and its times are now or those given.",
    details: """
      A file that is there is touched in each run. `changes` has `new` or `touched` with the path.

      Example:

          /var/www/maintenance:
            file.touch:
              - makedirs: True
      """,
    parameters: [
      name, .optional("atime", .int, "Time of last access, seconds since 1970."),
      .optional("mtime", .int, "Time of last change, seconds since 1970."), makedirs,
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.touch")
    try StatePath.requireAbsolute(path)
    return try touched(
      path, accessTime: arguments.int("atime"), modificationTime: arguments.int("mtime"),
      makesDirectories: arguments.bool("makedirs"), context)
  }

  /// What `file.touch` does, which `file.append` and `file.prepend` do for a missing file too.
  static func touched(
    _ path: String, accessTime: Int? = nil, modificationTime: Int? = nil, makesDirectories: Bool,
    _ context: StateContext
  ) throws -> StateResult {
    let files = context.functions.files
    let old = files.status(path)
    if context.isTest {
      guard let old else {
        return StateResult(nil, "File \(path) is set to be created", changes: ["new": .string(path)])
      }
      let isOther =
        accessTime.map { Double($0) != old.accessTime } ?? false
        || modificationTime.map { Double($0) != old.modificationTime } ?? false
      guard isOther else {
        return StateResult(true, "File \(path) exists and has the correct times", changes: ["new": .string(path)])
      }
      return StateResult(nil, "Times set to be updated on file \(path)", changes: ["touched": .string(path)])
    }
    let parent = PathText.dirname(path)
    if !files.isDirectory(parent) {
      guard makesDirectories else { throw StateRefusal("Directory not present to touch file \(path)") }
      try DirectoryMaker(context.functions, uid: nil, gid: nil, mode: nil).make(parent)
    }
    try files.touch(path, accessTime: accessTime, modificationTime: modificationTime)
    guard let old else { return StateResult(true, "Created empty file \(path)", changes: ["new": .string(path)]) }
    let kind = old.kind == .dir ? "directory" : "file"
    return StateResult(true, "Updated times on \(kind) \(path)", changes: ["touched": .string(path)])
  }
}
