import Functions
import Glibc
import HostSystem
import Value

/// The owner a link is to have: as asked for, else that of the minion and its primary group, as in Salt.
struct LinkOwner {
  var uid: UInt32
  var gid: UInt32
  var user: String
  var group: String
  /// What is said of names that do not exist.
  var errors: [String] = []

  init(user: Value, group: Value, _ context: StateContext) async throws {
    let owner = try FileOwner(context.functions)
    let database = try AccountDatabase(context.functions)
    uid = geteuid()
    gid = getegid()
    self.user = user.isNull || user == "" ? try await owner.user(geteuid()).description : user.description
    if !user.isNull, user != "" {
      do {
        uid = try await owner.uid(user) ?? uid
      } catch is FunctionError {
        errors.append("User \(user) does not exist")
      }
    }
    if !group.isNull, group != "" {
      self.group = group.description
      do {
        gid = try await owner.gid(group) ?? gid
      } catch is FunctionError {
        errors.append("Group \(group) does not exist")
      }
    } else {
      gid = try await database.user(named: self.user)?.gid ?? gid
      self.group = try await owner.group(gid).description
    }
  }

  var names: String { "\(user):\(group)" }

  func isOwner(_ status: FileStatus) -> Bool { status.uid == uid && status.gid == gid }

  /// Refuses when a name or the path will not do.
  func requireUsable(_ path: String, target: String? = nil) throws {
    var errors = errors
    if !path.hasPrefix("/") { errors.append("Specified file \(path) is not an absolute path") }
    if let target, !target.hasPrefix("/") { errors.append("Specified target \(target) is not an absolute path") }
    guard !errors.isEmpty else { return }
    throw StateRefusal(errors.joined(separator: ". ") + (errors.count > 1 ? "." : ""))
  }
}
