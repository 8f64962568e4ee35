import Functions
import HostSystem
import OrderedCollections
import Value

extension UserRun {
  func changed(_ changes: ValueMap, _ user: PasswordEntry, _ differences: UserDifferences) async throws
    -> StateResult
  {
    let before = (try await information(), try shadow()?.value.mapValue ?? [:])
    for (key, value) in changes where key != "groups" { try await apply(key.description, value, changes, user) }
    if let groups = changes["groups"] {
      try await call(
        UserFunctions.all, "user.chgroups",
        ["name": .string(name), "groups": groups, "append": .bool(!arguments.bool("remove_groups"))])
    }
    let after = (try await information(), try shadow()?.value.mapValue ?? [:])
    var result = StateResult(true, "User \(name) is present and up to date")
    for (key, value) in after.0 where before.0[key] != value { result.changes[key] = value }
    for (key, value) in after.1 where before.1[key] != value && key != "passwd" { result.changes[key] = value }
    if changes["passwd"] != nil || changes["empty_password"] != nil || before.1["passwd"] != after.1["passwd"] {
      result.changes["passwd"] = Self.redacted
    }
    if !result.changes.isEmpty { result.comment = "Updated user \(name)" }
    guard let now = try await database.user(named: name) else { return result }
    var left = try await differences.find(now, shadow())
    if !left.isEmpty {
      if left["passwd"] != nil { left["passwd"] = Self.redacted }
      result.comment = "These values could not be changed: \(PythonText.repr(.map(left)))"
      result.result = false
    }
    return result
  }

  func apply(_ key: String, _ value: Value, _ changes: ValueMap, _ user: PasswordEntry) async throws {
    let account: Value = .string(name)
    func shadow(_ function: String, _ argument: String? = nil) async throws {
      var named: ValueMap = ["name": account]
      if let argument { named[argument] = value }
      try await call(ShadowFunctions.all, "shadow.\(function)", named)
    }
    switch key {
    case "passwd": try await shadow("set_password", "password")
    case "empty_password": try await shadow("del_password")
    case "password_lock": try await shadow(value == true ? "lock_password" : "unlock_password")
    case "date", "mindays", "maxdays", "inactdays", "warndays", "expire": try await shadow("set_\(key)", key)
    case "home":
      try await call(
        UserFunctions.all, "user.chhome",
        ["name": account, "home": value, "persist": arguments["persist_home"]])
    case "homeDoesNotExist":
      let path = value.description
      guard !context.functions.files.isDirectory(path) else { return }
      try context.functions.files.makeDirectory(path)
      try await call(
        FileFunctions.all, "file.chown", ["path": value, "user": .integer(user.uid), "group": .integer(user.gid)])
    default: try await call(UserFunctions.all, "user.ch\(key)", ["name": account, .string(key): value])
    }
  }

  func information() async throws -> ValueMap {
    try await call(UserFunctions.all, "user.info", ["name": .string(name)]).mapValue ?? [:]
  }

  @discardableResult
  func call(_ functions: [Function], _ name: String, _ named: ValueMap) async throws -> Value {
    guard let function = functions.first(where: { $0.signature.name == name }) else {
      throw FunctionError(.unknownFunction, "'\(name)' is not a function here.")
    }
    return try await function.call(named, context.functions)
  }
}
