import Functions
import HostSystem
import OrderedCollections
import Value

extension UserRun {
  func added(_ groups: [String], _ missing: [String]) async throws -> StateResult {
    if context.isTest {
      let pending = missing.isEmpty ? "" : " (pending groups: \(missing.joined(separator: ",")))"
      return StateResult(nil, "User \(name) set to be added\(pending)")
    }
    var named: ValueMap = ["name": .string(name), "groups": .strings(groups)]
    for word in [
      "uid", "gid", "home", "shell", "unique", "system", "fullname", "roomnumber", "workphone", "homephone", "other",
      "createhome", "nologinit", "local", "usergroup",
    ] where arguments.isGiven(word) {
      named[word] = arguments[word]
    }
    do { _ = try await UserFunctions.add.call(named, context.functions) } catch {
      return StateResult(false, "Failed to create new user \(name)\n\(UserStates.reason(error))")
    }
    var result = StateResult(true, "New user \(name) created", changes: try await information())
    if !arguments.bool("createhome") { result.changes["home"] = "" }
    guard let user = try await database.user(named: name) else { return result }
    func set(_ key: String, _ value: Value, _ shown: Value, _ what: String) async {
      result.changes[key == "passwd" || key == "empty_password" ? "password" : key] = shown
      do { try await apply(key, value, [:], user) } catch {
        result.result = false
        result.comment = "User \(name) created but failed to \(what)\n\(UserStates.reason(error))"
      }
    }
    if let hash = try hash(), !arguments.bool("empty_password") {
      await set("passwd", .string(hash), Self.redacted, "set password to \(Self.redacted)")
    } else if arguments.bool("empty_password") {
      await set("empty_password", true, "", "empty password")
    }
    for (key, what) in [
      ("date", "last change date"), ("mindays", "minimum days"), ("maxdays", "maximum days"),
      ("inactdays", "inactive days"), ("warndays", "warn days"), ("expire", "expire days"),
    ] where arguments.isGiven(key) && (key == "date" || arguments[key] != 0) {
      await set(key, arguments[key], arguments[key], "set \(what) to \(arguments[key])")
    }
    return result
  }
}
