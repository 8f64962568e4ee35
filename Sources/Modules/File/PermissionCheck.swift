import Functions
import HostSystem
import OrderedCollections
import Value

/// One run of `file.check_perms`: compares, changes, compares again.
struct PermissionCheck {
  private let path: String
  private let context: FunctionContext
  private let owner: FileOwner
  private let isFollowing: Bool
  private let user: Value
  private let group: Value
  private let mode: UInt32?
  private var result: ValueMap
  private var comments: [String] = []

  init(_ arguments: Arguments, _ path: String, _ context: FunctionContext) throws {
    self.path = path
    self.context = context
    owner = try FileOwner(context)
    isFollowing = arguments.bool("follow_symlinks")
    user = arguments["user"]
    group = arguments["group"]
    mode = try FileMode.parse(arguments["mode"])
    let given = arguments["ret"].mapValue ?? [:]
    result = given.isEmpty ? ["name": .string(path), "changes": [:], "comment": "", "result": true] : given
    if let comment = result["comment"]?.stringValue, !comment.isEmpty { comments = [comment] }
  }

  /// The result, and what was found and asked for.
  consuming func run() async throws -> Value {
    let old = try status()
    let uid = try await owner.uid(user)
    let gid = try await owner.gid(group)
    // Links have no mode of their own on Linux.
    let wantedMode = old.kind == .link ? nil : mode
    var found: ValueMap = [
      "luser": user.intValue == nil ? try await owner.user(old.uid) : .integer(old.uid),
      "lgroup": group.intValue == nil ? try await owner.group(old.gid) : .integer(old.gid),
      "lmode": .string(FileMode.text(old.mode)),
    ]
    let changesUser = uid.map { $0 != old.uid } ?? false
    let changesGroup = gid.map { $0 != old.gid } ?? false
    let changesMode = wantedMode.map { $0 != old.mode } ?? false
    if changesUser { found["cuser"] = user }
    if changesGroup { found["cgroup"] = group }
    if changesMode, let wantedMode { found["cmode"] = .string(FileMode.text(wantedMode)) }
    if !context.isTest {
      if changesUser || changesGroup {
        try context.files.setOwner(path, uid: uid, gid: gid, followingLinks: isFollowing)
      }
      // A change of owner takes setuid and setgid away; they are put back unless another mode is wanted.
      if old.kind != .link, changesMode || changesUser || changesGroup {
        try context.files.setMode(path, wantedMode ?? old.mode)
      }
    }
    let new = context.isTest ? old : try status()
    var changes = result["changes"]?.mapValue ?? [:]
    note("user", changesUser, context.isTest || uid == new.uid, user, &changes)
    note("group", changesGroup, context.isTest || gid == new.gid, group, &changes)
    let modeText = Value.string(FileMode.text(wantedMode ?? 0))
    note("mode", changesMode, context.isTest || wantedMode == new.mode, modeText, &changes)
    result["changes"] = .map(changes)
    result["comment"] = .string(comments.joined(separator: "; "))
    if context.isTest, !changes.isEmpty { result["result"] = .null }
    return [.map(result), .map(found)]
  }

  private mutating func note(_ name: String, _ isAsked: Bool, _ isDone: Bool, _ value: Value, _ changes: inout ValueMap)
  {
    guard isAsked else { return }
    if isDone {
      changes[name] = value
    } else {
      result["result"] = false
      comments.append("Failed to change \(name) to \(value)")
    }
  }

  private func status() throws -> FileStatus {
    guard let status = context.files.status(path, followingLinks: isFollowing) else {
      throw FileFunctions.missing(path)
    }
    return status
  }
}
