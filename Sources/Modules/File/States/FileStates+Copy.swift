import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

extension FileStates {
  static let copy = copyState("file.copy")
  /// Salt's name of the function in its module.
  static let copyUnderscore = copyState("file.copy_")

  private static func copyState(_ state: String) -> StateFunction {
    StateFunction.file(
      state, "A file or directory of the host is copied to another path.",
      details: """
        What is at the path already stays, unless `force` says otherwise. `changes` has the path and what it came from.

        Example:

            /etc/nginx/nginx.conf.orig:
              file.copy:
                - source: /etc/nginx/nginx.conf
        """,
      parameters: [
        name, .required("source", .string, "Absolute path of what is copied."),
        .optional("force", .bool, default: false, "Replace what is there."), makedirs,
        .optional("preserve", .bool, default: false, "Keep owner and mode of the source."), user, group,
        .optional("mode", .any, "Permission bits as octal digits; those of the source when not given."), dirMode,
        .optional("subdir", .bool, default: false, "Copy into a directory that is there."), more,
      ]
    ) { arguments, context in
      try await copied(try StatePath.name(arguments, of: "file.copy"), arguments, context)
    }
  }

  private static func copied(
    _ given: String, _ arguments: Arguments, _ context: StateContext
  ) async throws -> StateResult {
    let files = context.functions.files
    let source = StatePath.expanded(arguments.string("source"))
    var path = given
    try StatePath.requireAbsolute(path)
    guard source.hasPrefix("/"), let origin = files.status(source) else {
      throw StateRefusal("Source file \"\(source)\" is not present")
    }
    var permissions = FilePermissions()
    if arguments.bool("preserve") {
      (permissions.uid, permissions.gid) = (origin.uid, origin.gid)
    } else {
      // Without a group it is the owner's.
      let owner = try await LinkOwner(user: arguments["user"], group: arguments["group"], context)
      let group = owner.errors.isEmpty ? .string(owner.group) : arguments["group"]
      permissions = try await FilePermissions(
        user: .string(owner.user), group: group, mode: arguments["mode"], context)
    }
    var comment = "Copied \"\(source)\" to \"\(path)\""
    if files.isDirectory(path), arguments.bool("subdir") { path = PathText.child(PathText.basename(source), of: path) }
    let old = files.status(path, followingLinks: false)
    if old != nil {
      guard arguments.bool("force") else {
        return StateResult(true, "The target file \"\(path)\" exists and will not be overwritten")
      }
      if origin.kind == .file, files.isFile(path), try FileContent(of: source, files).isContent(of: path, files) {
        comment += " - files are identical but force flag is set"
      }
    }
    guard !context.isTest else { return StateResult(nil, "File \"\(source)\" is set to be copied to \"\(path)\"") }
    try makeParent(of: path, permissions, arguments, context)
    var changes: ValueMap = [.string(path): .string(source)]
    if origin.kind == .dir {
      try FileFunctions.requireApart(source, path, files)
      if old != nil { try files.removeAll(try AbsolutePath.removable(path, "name")) }
      try files.copyTree(files.realPath(source) ?? source, to: path)
      try own(path, permissions, context)
    } else {
      if old?.kind == .dir { try files.removeAll(try AbsolutePath.removable(path, "name")) }
      let owner = (permissions.uid ?? geteuid(), permissions.gid ?? getegid())
      try FileContent(of: source, files).place(at: path, mode: permissions.mode ?? origin.mode, owner: owner, files)
    }
    if !permissions.user.isNull, permissions.uid != geteuid() { changes["user"] = permissions.user }
    if !permissions.group.isNull, permissions.gid != getegid() { changes["group"] = permissions.group }
    if let mode = permissions.mode, mode != origin.mode { changes["mode"] = .string(FileMode.text(mode)) }
    return StateResult(true, comment, changes: changes)
  }

  private static func makeParent(
    of path: String, _ permissions: FilePermissions, _ arguments: Arguments, _ context: StateContext
  ) throws {
    let parent = PathText.dirname(path)
    guard !context.functions.files.isDirectory(parent) else { return }
    guard arguments.bool("makedirs") else { throw StateRefusal("The target directory \(parent) is not present") }
    let mode = try FileMode.parse(arguments["dir_mode"]) ?? permissions.mode.map(ManagedFile.searchable)
    try DirectoryMaker(context.functions, uid: permissions.uid, gid: permissions.gid, mode: mode).make(parent)
  }

  private static func own(_ path: String, _ permissions: FilePermissions, _ context: StateContext) throws {
    let files = context.functions.files
    try FileTree.walk(path, files) { item in
      guard item.depth > 0, permissions.uid != nil || permissions.gid != nil else { return }
      try files.setAttributes(item.path, below: path, uid: permissions.uid, gid: permissions.gid, mode: nil)
    }
    try files.setAttributes(path, below: nil, uid: permissions.uid, gid: permissions.gid, mode: permissions.mode)
  }

  static let rename = StateFunction.file(
    "file.rename", "A file or directory is moved to another path, once.",
    details: """
      Nothing is done when the source is gone. `changes` has the path and what it came from.

      Example:

          /srv/app:
            file.rename:
              - source: /srv/app.new
      """,
    parameters: [
      name, .required("source", .string, "Absolute path of what is moved."),
      .optional("force", .bool, default: false, "Replace what is there."), makedirs, more,
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.rename")
    let source = StatePath.expanded(arguments.string("source"))
    let files = context.functions.files
    try StatePath.requireAbsolute(path)
    guard source.hasPrefix("/"), let origin = files.status(source, followingLinks: false) else {
      return StateResult(true, "Source file \"\(source)\" has already been moved out of place")
    }
    let old = files.status(path, followingLinks: false)
    if old != nil, !arguments.bool("force") {
      return StateResult(true, "The target file \"\(path)\" exists and will not be overwritten")
    }
    guard !context.isTest else { return StateResult(nil, "File \"\(source)\" is set to be moved to \"\(path)\"") }
    let from = try AbsolutePath.removable(source, "source")
    let parent = PathText.dirname(path)
    if !files.isDirectory(parent) {
      guard arguments.bool("makedirs") else { throw StateRefusal("The target directory \(parent) is not present") }
      try DirectoryMaker(context.functions, uid: nil, gid: nil, mode: nil).make(parent)
    }
    if origin.kind == .dir { try FileFunctions.requireApart(source, path, files) }
    if let old, old.kind == .dir || origin.kind == .dir {
      try files.removeAll(try AbsolutePath.removable(path, "name"))
    }
    do {
      if files.status(parent)?.device == files.status(PathText.dirname(from))?.device {
        try files.rename(from, to: path)
      } else {
        try files.copyTree(from, to: path)
        try files.removeAll(from)
      }
    } catch let error as HostError {
      throw StateRefusal("Failed to move \"\(source)\" to \"\(path)\": \(error.message)")
    }
    return StateResult(true, "Moved \"\(source)\" to \"\(path)\"", changes: [.string(path): .string(source)])
  }
}
