import Functions
import HostSystem
import Value

extension FileStates {
  static let symlink = StateFunction.file(
    "file.symlink", "A symbolic link is there and leads to a target.",
    details: """
      A link to something else is replaced in one step. `changes` has `new` with the path.

      Example:

          /srv/current:
            file.symlink:
              - target: /srv/releases/42
      """,
    parameters: [
      name, .required("target", .string, "Where the link leads; may be relative to it."),
      .optional("force", .bool, default: false, "Replace a file that is there."),
      .optional("backupname", .string, "Where a file that is there is moved to."), makedirs, user, group,
      .optional("mode", .any, "Permission bits of directories that are made."),
      .optional("atomic", .bool, default: false, "Kept for Salt's sake; links are always replaced in one step."),
      .optional("disallow_copy_and_unlink", .bool, default: false, "Kept for Salt's sake; a backup is a rename."),
      .optional("inherit_user_and_group", .bool, default: false, "Keep the owner of a link that is there."),
      .optional("follow_symlinks", .bool, default: true, "Kept for Salt's sake; a link is never followed."), more,
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.symlink")
    var state = SymlinkState(context: context, path: path, target: arguments.string("target"))
    state.isForced = arguments.bool("force")
    state.isAtomic = arguments.bool("atomic")
    state.backupName = arguments.optionalString("backupname")
    state.makesDirectories = arguments.bool("makedirs")
    state.directoryMode = try FileMode.parse(arguments["mode"])
    state.user = arguments.isGiven("user") ? arguments["user"] : arguments.map("kwargs")["owner"] ?? .null
    state.group = arguments["group"]
    state.inheritsOwner = arguments.bool("inherit_user_and_group")
    return try await state.run()
  }

  static let hardlink = StateFunction.file(
    "file.hardlink", "A file has a further name.",
    details: """
      Both paths are on the same file system. `changes` has `new` with the path.

      Example:

          /srv/b:
            file.hardlink:
              - target: /srv/a
      """,
    parameters: [
      name, .required("target", .string, "Absolute path of the file."),
      .optional("force", .bool, default: false, "Replace a file that is there."), makedirs, user, group, dirMode, more,
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.hardlink")
    let target = arguments.string("target")
    let files = context.functions.files
    let owner = try await LinkOwner(user: arguments["user"], group: arguments["group"], context)
    try owner.requireUsable(path, target: target)
    let old = files.status(path)
    let source = files.status(target)
    let isSame = old != nil && old?.inode == source?.inode && old?.device == source?.device
    if context.isTest {
      return hardlinkPrediction(path, target, old, source, isSame, isForced: arguments.bool("force"))
    }
    if old?.kind == .dir { throw StateRefusal("Unable to hard link to directory \(path)") }
    if source?.kind == .dir { throw StateRefusal("Unable to hard link from directory \(target)") }
    guard source != nil else { throw StateRefusal("Target \(target) for hard link does not exist") }
    let parent = PathText.dirname(path)
    if !files.isDirectory(parent) {
      guard arguments.bool("makedirs") else {
        throw StateRefusal("Directory \(parent) for hard link is not present")
      }
      let mode = try FileMode.parse(arguments["dir_mode"])
      try DirectoryMaker(context.functions, uid: owner.uid, gid: owner.gid, mode: mode).make(parent)
    }
    var changes: ValueMap = [:]
    let isLinked = (old?.links ?? 0) > 1
    if let old, old.kind == .file, !isLinked {
      guard arguments.bool("force") else {
        throw StateRefusal("File exists where the hard link \(path) should be")
      }
      changes["forced"] = "File for hard link was forcibly replaced"
    }
    if isSame { return StateResult(true, "Target of hard link \(path) is already pointing to \(target)") }
    // A name beside it first, so that the path is never missing.
    let temporary = "\(path).brine-\(UInt32.random(in: 0 ... .max))"
    do {
      try files.makeHardLink(temporary, to: target)
      try files.rename(temporary, to: path)
    } catch let error as HostError {
      try? files.remove(temporary)
      throw StateRefusal("Unable to create new hard link \(path) -> \(target): \(error.message)", changes: changes)
    }
    changes["new"] = .string(path)
    let comment =
      isLinked ? "Set target of hard link \(path) -> \(target)" : "Created new hard link \(path) -> \(target)"
    return StateResult(true, comment, changes: changes)
  }

  private static func hardlinkPrediction(
    _ path: String, _ target: String, _ old: FileStatus?, _ source: FileStatus?, _ isSame: Bool, isForced: Bool
  ) -> StateResult {
    guard let source else { return StateResult(false, "Target \(target) for hard link does not exist") }
    if source.kind == .dir { return StateResult(false, "Unable to hard link from directory \(target)") }
    guard let old else {
      return StateResult(
        nil, "Hard link \(path) to \(target) is set for creation", changes: ["new": .string(path)])
    }
    if old.kind == .dir { return StateResult(false, "Unable to hard link to directory \(path)") }
    if old.links > 1 {
      if isSame { return StateResult(true, "The hard link \(path) is presently targetting \(target)") }
      return StateResult(
        nil, "Link \(path) target is set to be changed to \(target)", changes: ["change": .string(path)])
    }
    guard isForced else {
      return StateResult(
        false, "File or directory exists where the hard link \(path) should be. Did you mean to use force?")
    }
    return StateResult(
      nil, "The file or directory \(path) is set for removal to make way for a new hard link targeting \(target)")
  }
}
