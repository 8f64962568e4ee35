import Functions
import HostSystem
import OrderedCollections
import Value

/// One `file.symlink`.
struct SymlinkState {
  let context: StateContext
  var path: String
  var target: String
  var isForced = false
  var isAtomic = false
  var backupName: String?
  var makesDirectories = false
  var directoryMode: UInt32?
  var user = Value.null
  var group = Value.null
  var inheritsOwner = false
  var followsLinks = true

  private var files: HostFiles { context.functions.files }

  func run() async throws -> StateResult {
    var (user, group) = (user, group)
    let old = files.status(path, followingLinks: false)
    if inheritsOwner, let old, old.kind == .link {
      let names = try FileOwner(context.functions)
      if user.isNull { user = try await names.user(old.uid) }
      if group.isNull { group = try await names.group(old.gid) }
    }
    let owner = try await LinkOwner(user: user, group: group, context)
    try owner.requireUsable(path)
    guard !target.isEmpty, !target.utf8.contains(0) else {
      throw StateRefusal("The target of a link has to be a path")
    }
    let parent = PathText.dirname(path)
    let isParentThere = files.isDirectory(parent)
    if context.isTest {
      var result = try await prediction(owner, old)
      if !isParentThere {
        result.comment +=
          makesDirectories ? "\n\(parent) will be created" : "\nDirectory \(parent) for symlink is not present"
      }
      return result
    }
    if !isParentThere {
      guard makesDirectories else { throw StateRefusal("Directory \(parent) for symlink is not present") }
      try DirectoryMaker(context.functions, uid: owner.uid, gid: owner.gid, mode: directoryMode).make(parent)
    }
    if old?.kind == .link, files.linkTarget(path).map(PathText.normalized) == PathText.normalized(target) {
      return own(owner, old)
    }
    if old?.kind != .link, old != nil { try makeRoom(old) }
    return try create(owner)
  }

  private func prediction(_ owner: LinkOwner, _ old: FileStatus?) async throws -> StateResult {
    guard let old else {
      return StateResult(nil, "Symlink \(path) to \(target) is set for creation", changes: ["new": .string(path)])
    }
    guard old.kind == .link else {
      guard isForced else {
        return StateResult(
          false, "File or directory exists where the symlink \(path) should be. Did you mean to use force?")
      }
      return StateResult(
        nil,
        "The file or directory \(path) is set for removal to make way for a new symlink targeting \(target)")
    }
    guard files.linkTarget(path) == target else {
      return StateResult(
        nil, "Link \(path) target is set to be changed to \(target)", changes: ["change": .string(path)])
    }
    guard !owner.isOwner(old) else { return StateResult(true, "The symlink \(path) is present") }
    let names = try FileOwner(context.functions)
    let present = "\(try await names.user(old.uid)):\(try await names.group(old.gid))"
    let comment = """
      The symlink \(path) is present, but the ownership of the symlink would be changed from \(present) to \(owner.names)
      """
    return StateResult(nil, comment, changes: ["ownership": .string(present)])
  }

  private func own(_ owner: LinkOwner, _ old: FileStatus?) -> StateResult {
    if let old, owner.isOwner(old) {
      return StateResult(true, "Symlink \(path) is present and owned by \(owner.names)")
    }
    do {
      try files.setAttributes(path, below: nil, uid: owner.uid, gid: owner.gid, mode: nil)
    } catch {
      return StateResult(false, "Failed to set ownership of symlink \(path) to \(owner.names)")
    }
    return StateResult(
      true, "Set ownership of symlink \(path) to \(owner.names)", changes: ["ownership": .string(owner.names)])
  }

  /// Moves what is there to the backup, or sees that it may be replaced.
  private func makeRoom(_ old: FileStatus?) throws {
    guard let backupName else {
      guard isForced || isAtomic else {
        let kind = old?.kind == .file ? "File" : old?.kind == .dir ? "Directory" : "File system entry"
        throw StateRefusal("\(kind) exists where the symlink \(path) should be")
      }
      return
    }
    var backup = backupName
    if !backup.hasPrefix("/") {
      guard !backup.contains("/") else {
        throw StateRefusal("Backupname must be an absolute path or a file name: \(backup)")
      }
      backup = PathText.child(backup, of: PathText.dirname(PathText.normalized(path)))
    }
    if files.status(backup, followingLinks: false) != nil {
      guard isForced else {
        throw StateRefusal(
          "Symlink & backup dest exists and Force not set. \(path) -> \(target) - backup: \(backup)")
      }
      try files.removeAll(try AbsolutePath.removable(backup, "backupname"))
    }
    do {
      try files.rename(path, to: backup)
    } catch {
      throw StateRefusal("Unable to rename \(path) to backup \(backup) -> : \(error)")
    }
  }

  private func create(_ owner: LinkOwner) throws -> StateResult {
    do {
      try files.placeSymbolicLink(path, to: target)
      var result = StateResult(true, "Created new symlink \(path) -> \(target)", changes: ["new": .string(path)])
      do {
        try files.setAttributes(path, below: nil, uid: owner.uid, gid: owner.gid, mode: nil)
      } catch {
        result.result = false
        result.comment += ", but was unable to set ownership to \(owner.names)"
      }
      return result
    } catch {
      throw StateRefusal("Unable to create new symlink \(path) -> \(target): \(error.message)")
    }
  }
}
