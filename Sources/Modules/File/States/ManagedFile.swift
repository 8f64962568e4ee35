import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

/// A file as a state wants it: content, owner and mode. Predicts and makes it so, with Salt's `changes` and comments.
struct ManagedFile {
  let context: StateContext
  var path: String
  /// Nil when neither a source nor contents are given: the file is made when it is missing, and its content left alone.
  var content: FileContent?
  /// Salt copies a source in with mode 0600 first, so that the mode of a new file counts as a change.
  var isFromSource = false
  var permissions = FilePermissions()
  var makesDirectories = false
  var directoryMode: UInt32?
  var showsChanges = true
  var keepsBackup = false
  var followsLinks = true
  /// `new_file_diff`: show the content of a new file as a diff.
  var showsNewContent = false
  var ignored = IgnoredDifferences()

  private var files: HostFiles { context.functions.files }

  /// The changes of a run that changes nothing.
  func predictedChanges() throws -> ValueMap {
    guard let status = files.status(path, followingLinks: followsLinks) ?? files.status(path, followingLinks: false)
    else {
      guard showsNewContent, let content else { return ["newfile": .string(path)] }
      let diff = try content.difference(from: nil, files)
      return diff.isEmpty ? [:] : ["diff": .string(shown(diff))]
    }
    var changes: ValueMap = [:]
    if status.kind == .link {
      guard !followsLinks else { throw StateRefusal("cannot write \(path): it is a link to what does not exist") }
      if let content { changes["diff"] = .string(try replacedLink(content)) }
    } else if let content, try !content.isContent(of: path, files) {
      changes["diff"] = .string(try shown(content.difference(from: path, files)))
    }
    for (key, value) in permissions.differences(from: status) { changes[key] = value }
    return changes
  }

  /// Salt's answer under test for what would be changed.
  func predicted() throws -> StateResult {
    let changes = try predictedChanges()
    guard !changes.isEmpty else { return StateResult(true, "The file \(path) is in the correct state") }
    let comment = """
      The file \(path) is set to be changed
      Note: No changes made, actual changes may
      be different due to other states.
      """
    return noted(StateResult(nil, comment, changes: changes))
  }

  func enforced() throws -> StateResult {
    let status = files.status(path, followingLinks: false)
    return noted(status?.kind == .file || status?.kind == .link ? try update() : try create(status))
  }

  // MARK: A file that is there

  private func update() throws -> StateResult {
    var changes: ValueMap = [:]
    let isLink = files.linkTarget(path) != nil
    if isLink, !followsLinks {
      if let content {
        changes["diff"] = .string(try replacedLink(content))
        let old = files.status(path) ?? files.status(path, followingLinks: false)
        try content.place(
          at: path, mode: permissions.mode ?? old?.mode, owner: owner(old), files)
      }
    } else if let content {
      let target = isLink ? try files.writeTarget(path) : path
      if try !content.isContent(of: target, files) {
        changes["diff"] = .string(showsChanges ? try content.difference(from: target, files) : ContentDifference.hidden)
        if keepsBackup { try MinionBackup.keep(target, context.functions) }
        // Owner and mode are changed with the content, never after it: it may be a secret.
        let old = files.status(target)
        let differences = old.map(permissions.differences) ?? [:]
        try content.place(at: target, mode: permissions.mode, owner: owner(old), files)
        for (key, value) in differences { changes[key] = value }
      }
    }
    for (key, value) in try permissions.enforce(path, followingLinks: followsLinks, context.functions) {
      changes[key] = value
    }
    let comment = changes.isEmpty ? "File \(path) is in the correct state" : "File \(path) updated"
    return StateResult(true, comment, changes: changes)
  }

  /// How a file in place of a link is shown.
  private func replacedLink(_ content: FileContent) throws -> String {
    guard files.isFile(path), try !content.isContent(of: path, files) else {
      return "Replace symbolic link with regular file"
    }
    return shown(try content.difference(from: path, files))
  }

  private func owner(_ old: FileStatus?) -> (uid: UInt32, gid: UInt32)? {
    guard permissions.uid != nil || permissions.gid != nil else { return nil }
    return (permissions.uid ?? old?.uid ?? geteuid(), permissions.gid ?? old?.gid ?? getegid())
  }

  // MARK: A file that is missing

  private func create(_ status: FileStatus?) throws -> StateResult {
    guard status == nil else { throw StateRefusal("\(path) is there and is not a regular file") }
    try makeParent()
    var changes: ValueMap = [:]
    var comment = "File \(path) updated"
    if let content {
      let diff = showsNewContent && showsChanges ? try content.difference(from: nil, files) : "New file"
      changes["diff"] = .string(diff)
    } else {
      changes["new"] = .string("file \(path) created")
      comment = "Empty file"
    }
    let mode = permissions.mode ?? 0o644
    try (content ?? .bytes([])).place(at: path, mode: mode, owner: owner(nil), files)
    if let uid = permissions.uid, uid != geteuid() { changes["user"] = permissions.user }
    if let gid = permissions.gid, gid != getegid() { changes["group"] = permissions.group }
    let first: UInt32 = isFromSource || permissions.mode != nil ? 0o600 : 0o644
    if mode != first { changes["mode"] = .string(FileMode.text(mode)) }
    return StateResult(true, comment, changes: changes)
  }

  private func makeParent() throws {
    let parent = PathText.dirname(path)
    guard !files.isDirectory(parent) else { return }
    guard makesDirectories else { throw StateRefusal("Parent directory not present") }
    let mode = directoryMode ?? permissions.mode.map(Self.searchable)
    try DirectoryMaker(context.functions, uid: permissions.uid, gid: permissions.gid, mode: mode).make(parent)
  }

  /// The mode of a directory for files of this mode: who may do anything may also enter.
  static func searchable(_ mode: UInt32) -> UInt32 {
    [0, 3, 6].reduce(mode & 0o777) { mode, shift in
      mode >> UInt32(shift) & 7 == 0 ? mode : mode | 1 << UInt32(shift)
    }
  }

  // MARK: What is said

  private func shown(_ diff: String) -> String { showsChanges ? diff : ContentDifference.hidden }

  /// Marks a change that does not count, so that what watches the file is not set off.
  private func noted(_ result: StateResult) -> StateResult {
    guard ignored.isAny, !result.changes.isEmpty else { return result }
    let diff = result.changes["diff"]?.stringValue
    let isNew = result.changes["newfile"] != nil || diff == "New file"
    guard !isNew, !(diff.map(ignored.leavesChanges) ?? false) else { return result }
    var result = result
    result.extra["skip_req"] = true
    return result
  }
}
