import Functions
import HostSystem
import Value

/// The authorized keys of users, by name.
struct AuthorizedKeys: Sendable {
  static let defaultConfiguration = ".ssh/authorized_keys"

  private let context: FunctionContext
  private let database: AccountDatabase
  let configuration: String
  /// The hash of the fingerprints that are shown.
  let hash: String?

  init(_ arguments: Arguments, _ context: FunctionContext) throws {
    try self.init(
      context, configuration: arguments.optionalString("config"),
      hash: arguments.optionalString("fingerprint_hash_type"))
  }

  init(_ context: FunctionContext, configuration: String? = nil, hash: String? = nil) throws {
    self.context = context
    self.configuration = configuration ?? Self.defaultConfiguration
    self.hash = hash
    database = try AccountDatabase(context)
  }

  func account(_ user: String) async throws -> PasswordEntry? {
    try await database.user(named: AccountName.existing(user, "user"))
  }

  func users() async throws -> [String] { try await database.users().map(\.name) }

  /// - Throws: `FunctionError.Code.notFound` for a user that is not there.
  func file(of user: String) async throws -> SSHFile {
    guard let account = try await account(user) else {
      throw FunctionError(.notFound, "User '\(user)' does not exist")
    }
    return SSHFile(try path(of: account), of: account, context)
  }

  /// What the user's file holds; nil when there is no such user or file.
  func keys(of user: String) async throws -> AuthorizedKeysFile? {
    guard let account = try await account(user) else { return nil }
    return try SSHFile(path(of: account), of: account, context).read().map(AuthorizedKeysFile.init(parsing:))
  }

  /// `update`, `add` or `exists`.
  func check(_ key: AuthorizedKey, of user: String) async throws -> String {
    guard let current = try await keys(of: user)?.entry(for: key.key) else { return "add" }
    return current.isSame(as: key) ? "exists" : "update"
  }

  /// The keys of a file that a source names (`salt://…`, a path).
  ///
  /// - Returns: nil when there is no such file.
  func keys(ofSource source: String, environment: String) async throws -> [AuthorizedKey]? {
    let script = ScriptSource(source, environment: environment)
    return try await script.content(context).map { AuthorizedKeysFile(parsing: $0).keys }
  }

  /// `new`, `replace`, `no change`, `fail`, `invalid` or `Invalid public key`.
  func set(_ key: AuthorizedKey, of user: String) async throws -> String {
    guard !key.key.contains(where: \.isWhitespace) else { return "invalid" }
    guard let account = try await account(user) else { return "fail" }
    guard SSHPublicKey(key.key) != nil else { return "Invalid public key" }
    let file = SSHFile(try path(of: account), of: account, context)
    var content = AuthorizedKeysFile(parsing: try file.read() ?? [])
    let present = content.entry(for: key.key)
    if present?.isSame(as: key) == true { return "no change" }
    guard file.hasHome else { return "fail" }
    try context.stopIfTest("\(present == nil ? "add" : "change") a key in \(file.path)")
    content.set(key)
    try await file.write(content.bytes)
    return present == nil ? "new" : "replace"
  }

  /// `Key removed` or `Key not present`.
  func remove(_ key: String, of user: String) async throws -> String {
    guard let account = try await account(user) else { return "Key not present" }
    let file = SSHFile(try path(of: account), of: account, context)
    guard let bytes = try file.read() else { return "Key not present" }
    var content = AuthorizedKeysFile(parsing: bytes)
    guard content.remove(key) else { return "Key not present" }
    try context.stopIfTest("remove a key from \(file.path)")
    try await file.write(content.bytes)
    return "Key removed"
  }

  /// `%u`, `%h` and `%%` as in sshd_config(5); what is not absolute is below the home.
  private func path(of account: PasswordEntry) throws(FunctionError) -> String {
    var path = ""
    var isEscape = false
    for character in configuration {
      guard isEscape else {
        if character == "%" { isEscape = true } else { path.append(character) }
        continue
      }
      isEscape = false
      switch character {
      case "%": path += "%"
      case "u": path += account.name
      case "h": path += account.home
      default:
        throw FunctionError(.badArguments, "AuthorizedKeysFile path: unknown token character \"%\(character)\"")
      }
    }
    guard !isEscape else {
      throw FunctionError(.badArguments, "AuthorizedKeysFile path: Last character can't be escape character")
    }
    return try AbsolutePath.check(PathText.joined([account.home, path]), "config")
  }
}
