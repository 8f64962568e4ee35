import Functions
import HostSystem
import OrderedCollections
import Targeting
import Value

/// One `file.directory`.
struct DirectoryState {
  static let kinds = ["user", "group", "mode", "ignore_files", "ignore_dirs", "silent"]

  let context: StateContext
  var path: String
  var permissions: FilePermissions
  /// The mode of files below, for a recursion into `mode`.
  var fileMode: UInt32?
  var recursion: Value = .null
  var maximumDepth: Int?
  var makesDirectories = false
  var isClean = false
  var excluded = Value.null
  var followsLinks = false
  var isForced = false
  var backupName: String?
  var allowsLink = true
  var childrenOnly = false

  private var files: HostFiles { context.functions.files }

  func run() async throws -> StateResult {
    var (changes, end) = try makeRoom()
    if let end { return end }
    let isThere = files.isDirectory(path)
    let scope: Scope
    do {
      scope = try Scope(recursion, permissions, fileMode)
    } catch let refusal as StateRefusal {
      return StateResult(false, refusal.comment, changes: changes)
    }
    let cleaner = isClean ? try await DirectoryCleaner(path, excluding: excluded, keeping: [], context) : nil
    let wanted = try differences(scope, cleaner)
    for (key, value) in wanted { changes[key] = value }
    guard !context.isTest, !changes.isEmpty else {
      let comment = wanted.isEmpty ? "The directory \(path) is in the correct state" : Self.comment(wanted)
      return StateResult(wanted.isEmpty ? true : nil, comment, changes: changes)
    }
    guard isThere else { return try create(changes) }
    return try enforce(scope, cleaner, changes)
  }

  // MARK: What is in the way

  /// Takes a file or link away that stands where the directory is to be.
  private func makeRoom() throws -> (ValueMap, StateResult?) {
    var changes: ValueMap = [:]
    let isFile = files.isFile(path)
    let isLink = files.linkTarget(path) != nil
    guard isFile || (isLink && (!allowsLink || isForced)) else { return (changes, nil) }
    if let backupName {
      if files.status(backupName, followingLinks: false) != nil {
        guard isForced else {
          throw StateRefusal("File exists where the backup target \(backupName) should go")
        }
        if context.isTest {
          changes["forced"] = .string("Existing file at backup path \(backupName) would be removed")
        } else {
          try files.removeAll(try AbsolutePath.removable(backupName, "backupname"))
        }
      }
      guard !context.isTest else {
        changes["backup"] = .string("\(path) would be renamed to \(backupName)")
        changes[path] = ["directory": "new"]
        let comment = "\(path) would be backed up and replaced with a new directory"
        return (changes, StateResult(nil, comment, changes: changes))
      }
      try files.rename(path, to: try AbsolutePath.check(backupName, "backupname"))
    } else if isForced {
      changes["forced"] = .string(
        "\(isFile ? "File" : "Symlink") \(context.isTest ? "would be" : "was") forcibly replaced")
      if !context.isTest { try files.remove(path) }
    } else {
      throw StateRefusal("Specified location \(path) exists and is a \(isFile ? "file" : "symlink")")
    }
    return (changes, nil)
  }

  // MARK: What differs

  /// What a recursion looks at and asks for.
  private struct Scope {
    var own: FilePermissions
    var files: FilePermissions
    var directories: FilePermissions
    var isRecursive = false
    var looksAtFiles = false
    var looksAtDirectories = false
    var isSilent = false

    init(_ recursion: Value, _ permissions: FilePermissions, _ fileMode: UInt32?) throws {
      own = permissions
      directories = permissions
      files = permissions
      files.mode = fileMode ?? permissions.mode
      guard !recursion.isNull, recursion != [], recursion != false, recursion != "" else { return }
      guard let list = recursion.listValue else {
        throw StateRefusal("\"recurse\" must be formed as a list of strings")
      }
      let words = list.map(\.description)
      guard words.allSatisfy(DirectoryState.kinds.contains) else {
        throw StateRefusal(
          "Types for \"recurse\" limited to \(DirectoryState.kinds.map { "\"\($0)\"" }.joined(separator: ", ")).")
      }
      guard !(words.contains("ignore_files") && words.contains("ignore_dirs")) else {
        throw StateRefusal(
          "Must not specify \"recurse\" options \"ignore_files\" and \"ignore_dirs\" at the same time.")
      }
      isRecursive = true
      looksAtFiles = !words.contains("ignore_files")
      looksAtDirectories = !words.contains("ignore_dirs")
      isSilent = words.contains("silent")
      if !words.contains("user") { for path in [\Scope.files, \.directories] { self[keyPath: path].clearUser() } }
      if !words.contains("group") { for path in [\Scope.files, \.directories] { self[keyPath: path].clearGroup() } }
      if !words.contains("mode") {
        files.mode = nil
        directories.mode = nil
      }
      // As in Salt, what is not asked for below is not compared for the directory itself either.
      own = directories
    }

    /// What is wanted of something below; nil when it is not looked at.
    func wanted(_ isDirectory: Bool) -> FilePermissions? {
      if isDirectory { return looksAtDirectories ? directories : nil }
      return looksAtFiles ? files : nil
    }
  }

  private func differences(_ scope: Scope, _ cleaner: DirectoryCleaner?) throws -> ValueMap {
    var changes: ValueMap = [:]
    if scope.isRecursive, files.isDirectory(path) {
      try FileTree.walk(path, files, maximumDepth: maximumDepth ?? .max) { item in
        guard item.depth > 0 else { return }
        let followed = item.followed(files) ?? item.status
        guard let wanted = scope.wanted(followed.kind == .dir) else { return }
        let found = wanted.differences(from: followsLinks ? followed : item.status)
        if !found.isEmpty { changes[item.path] = .map(found) }
      }
    }
    if !childrenOnly {
      if let status = files.status(path, followingLinks: followsLinks) {
        let found = scope.own.differences(from: status)
        if !found.isEmpty { changes[path] = .map(found) }
      } else {
        changes[path] = ["directory": "new"]
      }
    }
    for removed in try cleaner?.candidates() ?? [] { changes[removed] = ["removed": "Removed due to clean"] }
    if !files.isDirectory(path) { changes[path] = ["directory": "new"] }
    return changes
  }

  private static func comment(_ changes: ValueMap) -> String {
    var comment = "The following files will be changed:\n"
    for (path, change) in changes {
      for (key, value) in change.mapValue ?? [:] { comment += "\(path): \(key) - \(StateText.of(value))\n" }
    }
    return comment
  }

  // MARK: Making it so

  private func create(_ changes: ValueMap) throws -> StateResult {
    let parent = PathText.dirname(path)
    guard makesDirectories || files.isDirectory(parent) else {
      throw StateRefusal("No directory to create \(path) in", changes: changes)
    }
    let maker = DirectoryMaker(
      context.functions, uid: permissions.uid, gid: permissions.gid, mode: permissions.mode)
    try maker.make(path)
    var changes = changes
    changes[path] = ["directory": "new"]
    return StateResult(true, "", changes: changes)
  }

  private func enforce(_ scope: Scope, _ cleaner: DirectoryCleaner?, _ before: ValueMap) throws -> StateResult {
    var changes = before
    var errors: [String] = []
    func note(_ found: ValueMap) { for (key, value) in found { changes[key] = value } }
    if !childrenOnly { note(try permissions.enforce(path, followingLinks: followsLinks, context.functions)) }
    if scope.isSilent { changes = ["recursion": "Changes silenced"] }
    if scope.isRecursive {
      try FileTree.walk(path, files, maximumDepth: maximumDepth ?? .max) { item in
        guard item.depth > 0 else { return }
        guard let wanted = scope.wanted(item.followed(files)?.kind == .dir), !wanted.isEmpty else { return }
        do {
          let follows = followsLinks && item.status.kind == .link
          note(try wanted.enforce(item.path, below: path, followingLinks: follows, context.functions))
        } catch let error as HostError where error.code != .notFound {
          errors.append(error.message)
        } catch let error as FunctionError where error.code == .notFound {
          // Gone meanwhile.
        }
      }
    }
    var comment = childrenOnly ? "Directory \(path)/* updated" : "Directory \(path) updated"
    if let removed = try cleaner?.clean(), !removed.isEmpty {
      changes["removed"] = .strings(removed)
      comment = "Files cleaned from directory \(path)"
    }
    guard !errors.isEmpty else { return StateResult(true, comment, changes: changes) }
    comment += "\n\nThe following errors were encountered:\n" + errors.map { "\n- \($0)" }.joined()
    return StateResult(false, comment, changes: changes)
  }
}
