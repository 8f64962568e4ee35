import Functions
import Value

extension PostgresStates {
  private static let password = Parameter.optional("password", .string, "The role's password, or what is stored of it.")
  private static let refresh = Parameter.optional(
    "refresh_password", .bool, "Sets the password without a look at the stored one, which only a superuser sees.")

  static let roles: [StateFunction] = [
    present(
      "user", "User",
      [
        .optional("default_password", .string, "The password of a new role, where `password` is not given."),
        .optional("valid_until", .string, "When the password ends."),
      ]),
    absentRole("user", "User"), present("group", "Group", []), absentRole("group", "Group"),
  ]

  private static func absentRole(_ module: String, _ noun: String) -> StateFunction {
    absent(
      module, noun, { try await $1.role($0.string("name")) != nil },
      { try await $1.removeRole($0.string("name")) })
  }

  private static func present(_ module: String, _ noun: String, _ more: [Parameter]) -> StateFunction {
    state(
      module, "present", "Has a role with these rights.",
      [name] + PostgresFunctions.roleWords + [password, refresh] + more
    ) { arguments, server, isTest in
      let name = arguments.string("name")
      let isRefreshed = arguments.bool("refresh_password")
      let present = try await lookUp(isTest, nil) { try await server.role(name, withPassword: !isRefreshed) }
      var wish = try PostgresRole(name, arguments, password: try wanted(arguments, present, isRefreshed: isRefreshed))
      let changes = try await differences(&wish, arguments, present, server)
      let mode = present == nil ? "create" : "update"
      if present != nil, changes.isEmpty { return StateResult(true, "\(noun) \(name) is already present") }
      let shown: ValueMap = [.string(name): present == nil ? "Present" : .map(changes)]
      if isTest {
        return StateResult(nil, "\(noun) \(name) is set to be \(mode)d", changes: present == nil ? [:] : shown)
      }
      if present == nil { wish.setDefaults(canLogin: module == "user") }
      do { try await server.apply(wish, present: present) } catch {
        return StateResult(false, "Failed to \(mode) \(module) \(name)\n\(reason(error))")
      }
      return StateResult(true, "The \(module) \(name) has been \(mode)d", changes: shown)
    }
  }

  /// The password to set; nil where the stored one is right.
  private static func wanted(_ arguments: Arguments, _ present: ValueMap?, isRefreshed: Bool) throws -> String? {
    var password = arguments.optionalString("password")
    if present == nil, password == nil, arguments.has("default_password") {
      password = arguments.optionalString("default_password")
    }
    guard let text = password, let present, !isRefreshed else { return password }
    let isRight = try PostgresPassword(arguments["encrypted"]).verifies(
      text, role: arguments.string("name"), stored: present["password"]?.description ?? "")
    return isRight ? nil : text
  }

  /// What of a role that is there is to change, in Salt's words.
  private static func differences(
    _ wish: inout PostgresRole, _ arguments: Arguments, _ present: ValueMap?, _ server: PostgresServer
  ) async throws -> ValueMap {
    guard let present else { return [:] }
    var changes: ValueMap = [:]
    for word in ["createdb", "inherit", "login", "createroles", "replication", "superuser"] {
      guard let isOn = wish.words[word], let key = PostgresRole.flags.first(where: { $0.word == word })?.key,
        present[.string(key)]?.boolValue != isOn
      else { continue }
      changes[.string(word)] = .bool(isOn)
    }
    if wish.password != nil { changes["password"] = true }
    if let expiry = wish.expiry {
      let time = try await server.time(expiry)
      if time != present["expiry time"]?.stringValue { changes["valid_until"] = .string(expiry) }
    }
    let groups = present["groups"]?.listValue ?? []
    wish.groups = wish.groups.filter { !groups.contains(.string($0)) }
    if !wish.groups.isEmpty { changes["groups"] = .strings(wish.groups) }
    return changes
  }
}
