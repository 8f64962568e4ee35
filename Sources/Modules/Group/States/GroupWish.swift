import Functions
import OrderedCollections
import Value

/// A group as `group.present` wants it.
struct GroupWish: Sendable {
  let name: String
  let gid: UInt32?
  let isUnique: Bool
  /// All members; nil where that is left as it is.
  let members: [String]?
  let added: [String]
  let removed: [String]

  init(_ arguments: Arguments) throws {
    name = arguments.string("name")
    if arguments.isGiven("gid"), !["", "0"].contains(arguments.string("gid")) {
      guard let number = UInt32(arguments.string("gid")), number < UInt32.max else {
        throw FunctionError(.badArguments, "Invalid gid")
      }
      gid = number
    } else {
      gid = nil
    }
    isUnique = !arguments.bool("non_unique")
    members = arguments.isGiven("members") ? arguments.strings("members") : nil
    added = arguments.strings("addusers")
    removed = arguments.strings("delusers")
  }

  func current(_ context: StateContext) async throws -> GroupEntry? {
    try await AccountDatabase(context.functions).group(named: AccountName.existing(name))
  }

  /// What differs, under Salt's names, in the order in which it is changed.
  func differences(from group: GroupEntry) -> ValueMap {
    var changes: ValueMap = [:]
    if let gid, gid != group.gid { changes["gid"] = .integer(gid) }
    if let members, Set(members) != Set(group.members) {
      changes[members.isEmpty ? "delusers" : "members"] = .strings(members.isEmpty ? group.members : members)
    }
    let missing = added.filter { !group.members.contains($0) }
    if !missing.isEmpty { changes["addusers"] = .strings(missing) }
    let surplus = removed.filter { group.members.contains($0) }
    if !surplus.isEmpty { changes["delusers"] = .strings(surplus) }
    return changes
  }

  func changed(_ group: GroupEntry, _ context: StateContext) async throws -> StateResult {
    let changes = differences(from: group)
    guard !changes.isEmpty else { return StateResult(true, "Group \(name) is present and up to date") }
    var comment = "The following group attributes are set to be changed:\n"
    for (key, value) in changes { comment += "\(key): \(PythonText.str(value))\n" }
    if context.isTest { return StateResult(nil, comment) }
    let group: Value = .string(name)
    var reasons: [String] = []
    for (key, value) in changes {
      switch key {
      case "gid": try await Self.call("chgid", ["name": group, "gid": value, "non_unique": .bool(!isUnique)], context)
      case "members": try await Self.call("members", ["name": group, "members_list": value], context)
      default:
        for user in value.listValue ?? [] {
          // One user that is not there keeps no other from coming or going.
          do {
            try await Self.call(key == "addusers" ? "adduser" : "deluser", ["name": group, "username": user], context)
          } catch let error as FunctionError { reasons.append(error.message) }
        }
      }
    }
    let left = try await current(context).map { differences(from: $0) } ?? [:]
    guard left.isEmpty else {
      let lines = [comment + "Some changes could not be applied"] + reasons
      return StateResult(false, lines.joined(separator: "\n"), changes: ["Failed": .map(left)])
    }
    return StateResult(true, comment, changes: ["Final": "All changes applied successfully"])
  }

  func made(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    if context.isTest { return StateResult(nil, "Group \(name) set to be added") }
    if let gid, isUnique,
      let other = try await AccountDatabase(context.functions).groups().first(where: { $0.gid == gid })
    {
      return StateResult(
        false, "Group \(name) is not present but gid \(gid) is already taken by group \(other.name)")
    }
    var named: ValueMap = [
      "name": .string(name), "system": arguments["system"], "non_unique": .bool(!isUnique), "local": arguments["local"],
    ]
    named["gid"] = gid.map { .integer($0) }
    do { try await Self.call("add", named, context) } catch {
      let reason = (error as? FunctionError)?.description ?? String(describing: error)
      return StateResult(false, "Failed to create new group \(name)\n\(reason)")
    }
    let users = added.isEmpty ? members ?? [] : added
    var reasons: [String] = []
    if !users.isEmpty {
      do {
        try await Self.call("members", ["name": .string(name), "members_list": .strings(users)], context)
      } catch let error as FunctionError { reasons.append(error.message) }
    }
    guard let group = try await current(context) else {
      return StateResult(false, "Failed to create new group \(name)")
    }
    let left = differences(from: group)
    guard left.isEmpty else {
      let lines = ["Group \(name) has been created but, some changes could not be applied"] + reasons
      return StateResult(false, lines.joined(separator: "\n"), changes: ["Failed": .map(left)])
    }
    return StateResult(true, "New group \(name) created", changes: group.value.mapValue ?? [:])
  }

  static func call(_ function: String, _ named: ValueMap, _ context: StateContext) async throws {
    guard let function = GroupFunctions.all.first(where: { $0.signature.name == "group.\(function)" }) else { return }
    _ = try await function.call(named, context.functions)
  }
}
