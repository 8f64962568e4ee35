import Functions
import HostSystem
import OrderedCollections
import Value

/// The owner and mode that a state asks for; nil parts stay as they are.
struct FilePermissions: Sendable {
  var user: Value = .null
  var group: Value = .null
  var uid: UInt32?
  var gid: UInt32?
  var mode: UInt32?
  /// What is said of a user or group that does not exist; under test that is no error, since another state may make it.
  private var unknown = ""

  init() {}

  init(user: Value, group: Value, mode: Value, _ context: StateContext) async throws {
    let owner = try FileOwner(context.functions)
    (self.user, self.group) = (Self.named(user), Self.named(group))
    do {
      uid = try await owner.uid(self.user)
    } catch let error as FunctionError where error.code != .failed {
      unknown += "User \(user) is not available "
    }
    do {
      gid = try await owner.gid(self.group)
    } catch let error as FunctionError where error.code != .failed {
      unknown += "Group \(group) is not available"
    }
    if !unknown.isEmpty, !context.isTest { throw StateRefusal(unknown) }
    self.mode = try FileMode.parse(mode)
  }

  mutating func clearUser() { (user, uid) = (.null, nil) }
  mutating func clearGroup() { (group, gid) = (.null, nil) }

  var isEmpty: Bool { user.isNull && group.isNull && mode == nil }

  /// What would be changed, with Salt's keys `user`, `group` and `mode`.
  func differences(from status: FileStatus) -> ValueMap {
    var changes: ValueMap = [:]
    if !user.isNull, uid != status.uid { changes["user"] = user }
    if !group.isNull, gid != status.gid { changes["group"] = group }
    // Links have no mode of their own on Linux.
    if let mode, mode != status.mode, status.kind != .link { changes["mode"] = .string(FileMode.text(mode)) }
    return changes
  }

  /// Makes it so and returns what was changed; under test, only what would be.
  ///
  /// - Parameter top: a directory above the path below which no link is followed.
  func enforce(
    _ path: String, below top: String? = nil, followingLinks: Bool, _ context: FunctionContext
  ) throws -> ValueMap {
    let path = followingLinks ? try context.files.writeTarget(path) : path
    guard let status = context.files.status(path, followingLinks: false) else {
      throw FileFunctions.missing(path)
    }
    let changes = differences(from: status)
    guard !changes.isEmpty, !context.isTest else { return changes }
    let changesOwner = changes["user"] != nil || changes["group"] != nil
    try context.files.setAttributes(
      path, below: top, uid: changesOwner ? uid : nil, gid: changesOwner ? gid : nil, mode: mode)
    return changes
  }

  /// An empty name means the same as none.
  private static func named(_ value: Value) -> Value { value == "" ? .null : value }
}
