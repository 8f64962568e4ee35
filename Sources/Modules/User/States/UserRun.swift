import Functions
import HostSystem
import OrderedCollections
import Value

/// One going-through of `user.present`.
struct UserRun: Sendable {
  static let redacted: Value = "XXX-REDACTED-XXX"

  let arguments: Arguments
  let context: StateContext
  let name: String
  let database: AccountDatabase

  init(_ arguments: Arguments, _ context: StateContext) throws {
    self.arguments = arguments
    self.context = context
    name = try AccountName.existing(arguments.string("name"))
    database = try AccountDatabase(context.functions)
  }

  func result() async throws -> StateResult {
    for argument in ["fullname", "roomnumber", "workphone"] {
      if let text = arguments.optionalString(argument), text.contains(",") {
        return StateResult(false, "Unsupported char ',' in \(text)")
      }
    }
    if let password = arguments.optionalString("password"), !password.isEmpty, !arguments.bool("hash_password") {
      try PasswordHash.check(password)
    }
    let (named, missing) = try await existing(arguments.strings("groups"))
    guard missing.isEmpty || context.isTest else {
      return StateResult(false, "The following group(s) are not present: \(missing.joined(separator: ","))")
    }
    let optional = try await existing(arguments.strings("optional_groups")).present
    let isNaming = arguments.isGiven("groups") || !optional.isEmpty
    let wanted = isNaming ? named + optional.filter { !named.contains($0) } : nil
    guard let user = try await database.user(named: name) else { return try await added(wanted ?? [], missing) }
    let differences = try await self.differences(wanted)
    let changes = try await differences.find(user, shadow())
    guard !changes.isEmpty else { return StateResult(true, "User \(name) is present and up to date") }
    if let refusal = refusal(changes, user) { return StateResult(false, refusal) }
    if context.isTest { return StateResult(nil, predicted(changes, missing)) }
    return try await changed(changes, user, differences)
  }

  private func existing(_ groups: [String]) async throws -> (present: [String], missing: [String]) {
    var (present, missing): ([String], [String]) = ([], [])
    for group in groups {
      if try await database.group(named: group) == nil { missing.append(group) } else { present.append(group) }
    }
    return (present, missing)
  }

  private func differences(_ groups: [String]?) async throws -> UserDifferences {
    var gid = arguments.optionalString("gid")
    if arguments.bool("usergroup"), try await database.group(named: name) != nil { gid = name }
    return UserDifferences(
      arguments: arguments, files: context.functions.files, database: database, password: try hash(), groups: groups,
      gid: gid)
  }

  func shadow() throws -> ShadowEntry? {
    let files = context.functions.files
    guard files.exists("/etc/shadow") else { return nil }
    return try files.readText("/etc/shadow").splitLines().compactMap(ShadowEntry.init(line:)).first { $0.name == name }
  }

  /// The hash to set: the one given, or one of the password given, the present one where it fits.
  func hash() throws -> String? {
    guard let password = arguments.optionalString("password"), !password.isEmpty else { return nil }
    guard arguments.bool("hash_password") else { return password }
    let present = try? ShadowFile(files: context.functions.files).passwordHash(of: name)
    if let present, UnixCrypt.matches(Secret(password), hash: present) { return present }
    guard let hash = UnixCrypt.hash(Secret(password), scheme: .sha512) else {
      throw FunctionError(.unavailable, "libcrypt cannot hash the password.")
    }
    return hash
  }

  private func refusal(_ changes: ValueMap, _ user: PasswordEntry) -> String? {
    var errors: [String] = []
    for (word, present) in [("uid", user.uid), ("gid", user.gid)] {
      guard let wanted = changes[word], !arguments.bool("allow_\(word)_change") else { continue }
      errors.append(
        "- Changing \(word) (\(present) -> \(wanted)) not permitted, set allow_\(word)_change to True to force this "
          + "change. Note that this will not change file ownership.")
    }
    guard !errors.isEmpty else { return nil }
    let list = errors.joined(separator: "\n")
    return "Encountered error checking for needed changes. Additional info follows:\n\n\(list)"
  }

  private func predicted(_ changes: ValueMap, _ missing: [String]) -> String {
    var comment = "The following user attributes are set to be changed:\n"
    for (key, value) in changes {
      comment += "\(key): \(PythonText.str(key == "passwd" ? Self.redacted : value))\n"
    }
    if !missing.isEmpty { comment += "groups (pending creation): \(missing.joined(separator: ","))\n" }
    return comment
  }
}
