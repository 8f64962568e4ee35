import Functions
import HostSystem
import OrderedCollections
import Value

/// What differs between an account and what `user.present` wants of it.
struct UserDifferences: Sendable {
  let arguments: Arguments
  let files: HostFiles
  let database: AccountDatabase
  /// The hash that the password is to have; nil where it is left as it is.
  let password: String?
  /// Groups wanted, as far as they exist; nil where none is named.
  let groups: [String]?
  /// Number or name of the primary group wanted.
  let gid: String?

  /// Under Salt's names, in Salt's order.
  func find(_ user: PasswordEntry, _ shadow: ShadowEntry?) async throws -> ValueMap {
    var changes: ValueMap = [:]
    if let uid = arguments.int("uid"), uid != 0, Int(user.uid) != uid { changes["uid"] = .integer(uid) }
    if let gid, try await number(ofGroup: gid) != user.gid {
      changes["gid"] = Int64(gid).map(Value.int) ?? .string(gid)
    }
    if let groups = try await differingGroups(user) { changes["groups"] = .strings(groups) }
    if let home = text("home"), home != user.home { changes["home"] = .string(home) }
    if arguments.bool("createhome") {
      let home = text("home") ?? user.home
      if !files.isDirectory(home) { changes["homeDoesNotExist"] = .string(home) }
    }
    if let shell = text("shell"), shell != user.shell { changes["shell"] = .string(shell) }
    if let shadow { addPassword(shadow, to: &changes) }
    for (argument, present) in [
      ("fullname", user.gecos.fullName), ("roomnumber", user.gecos.roomNumber), ("workphone", user.gecos.workPhone),
      ("homephone", user.gecos.homePhone), ("other", user.gecos.other),
    ] {
      guard let wanted = arguments.optionalString(argument), wanted != present else { continue }
      changes[argument] = .string(wanted)
    }
    return changes
  }

  private func addPassword(_ shadow: ShadowEntry, to changes: inout ValueMap) {
    if let password, !arguments.bool("empty_password"), !shadow.hasPassword(Secret(password)),
      arguments.bool("enforce_password") || shadow.hasPassword(Secret("!"))
    {
      changes["passwd"] = .string(password)
    }
    if arguments.bool("empty_password"), !shadow.isPasswordEmpty { changes["empty_password"] = true }
    let fields: [(String, ShadowEntry.Field)] = [
      ("date", .lstchg), ("mindays", .min), ("maxdays", .max), ("inactdays", .inact), ("warndays", .warn),
      ("expire", .expire),
    ]
    for (argument, field) in fields where arguments.isGiven(argument) {
      let wanted = arguments[argument]
      if argument == "expire", wanted == 0 || wanted == "" { continue }
      if days(wanted) != shadow[field] { changes[argument] = wanted }
    }
    if let lock = arguments["password_lock"].boolValue, lock != shadow.isLocked {
      changes["password_lock"] = .bool(lock)
    }
  }

  /// Days since 1970-01-01 of a number or a date.
  private func days(_ value: Value) -> Int? {
    if let number = Int(value.description) { return number }
    return RotationTime.parse(value.description).map { Int($0 / 86400) }
  }

  private func differingGroups(_ user: PasswordEntry) async throws -> [String]? {
    let all = try await database.groupNames(of: user)
    let removes = arguments.bool("remove_groups")
    var wanted = Set(groups ?? [])
    if !removes || groups == nil { wanted.formUnion(all) }
    var present = Set(all)
    let old = try await database.groupName(user.gid)
    var primary = old
    if let gid { primary = try await name(ofGroup: gid) }
    if let primary {
      present.remove(primary)
      wanted.remove(primary)
    }
    if let old, old != primary { present.remove(old) }
    if !wanted.contains(user.name) { present.remove(user.name) }
    guard present != wanted, removes || !wanted.isSubset(of: present) else { return nil }
    return wanted.sorted()
  }

  private func number(ofGroup group: String) async throws -> UInt32? {
    if let number = UInt32(group) { return number }
    return try await database.group(named: group)?.gid
  }

  private func name(ofGroup group: String) async throws -> String? {
    guard let number = UInt32(group) else { return group }
    return try await database.groupName(number)
  }

  private func text(_ name: String) -> String? {
    arguments.optionalString(name).flatMap { $0.isEmpty ? nil : $0 }
  }
}
