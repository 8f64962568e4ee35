import Functions
import Value

/// What a role is to be: the words of `user_create` and its like, null where nothing is said.
struct PostgresRole: Sendable {
  /// Salt's word, PostgreSQL's, and the key of what `user_list` says.
  static let flags: [(word: String, flag: String, key: String)] = [
    ("inherit", "INHERIT", "inherits privileges"), ("createdb", "CREATEDB", "can create databases"),
    ("createroles", "CREATEROLE", "can create roles"), ("superuser", "SUPERUSER", "superuser"),
    ("replication", "REPLICATION", "replication"), ("login", "LOGIN", "can login"),
  ]

  var name: String
  var words: [String: Bool] = [:]
  var connectionLimit: Int?
  var password: String?
  var storage: PostgresPassword
  var expiry: String?
  var groups: [String] = []

  init(_ name: String, _ arguments: Arguments, password: String?) throws {
    self.name = name
    storage = try PostgresPassword(arguments["encrypted"])
    for (word, _, _) in Self.flags where arguments.isGiven(word) { words[word] = arguments.bool(word) }
    if arguments.has("connlimit") { connectionLimit = arguments.int("connlimit") }
    self.password = password.flatMap { $0.isEmpty ? nil : $0 }
    if arguments.has("valid_until") { expiry = arguments.optionalString("valid_until") }
    groups = Self.groups(arguments["groups"])
  }

  /// What a new role is where nothing is said.
  mutating func setDefaults(canLogin: Bool) {
    words["inherit"] = words["inherit"] ?? true
    words["login"] = words["login"] ?? canLogin
  }

  static func groups(_ value: Value) -> [String] {
    switch value {
    case .null: []
    case .list(let items): items.map(\.description)
    case let other: other.description.split(separator: ",").map(String.init)
    }
  }

  /// The statements that make or change it.
  ///
  /// - Parameter present: the role as it is; nil makes one.
  func statements(present: ValueMap?) throws -> [String] {
    var options: [String] = []
    for (word, flag, key) in Self.flags {
      guard let isOn = words[word] else { continue }
      // Only a superuser may name it, so it is not named for nothing.
      if word == "superuser", let present, present[.string(key)]?.boolValue == isOn { continue }
      options.append((isOn ? "" : "NO") + flag)
    }
    if let connectionLimit { options.append("CONNECTION LIMIT \(connectionLimit)") }
    if let password {
      var kind = "ENCRYPTED"
      if case .plain = storage { kind = "UNENCRYPTED" }
      options.append("\(kind) PASSWORD \(try PostgresText.literal(storage.verifier(password, role: name)))")
    }
    if let expiry, !expiry.isEmpty { options.append("VALID UNTIL \(try PostgresText.literal(expiry))") }
    let role = try PostgresText.name(name)
    let tail = options.isEmpty ? "" : " WITH " + options.joined(separator: " ")
    var statements: [String] = []
    if present == nil || !options.isEmpty {
      statements.append((present == nil ? "CREATE" : "ALTER") + " ROLE \(role)\(tail)")
    }
    return try statements + groups.map { "GRANT \(try PostgresText.name($0)) TO \(role)" }
  }
}
