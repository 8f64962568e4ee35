import Functions
import HostSystem
import OrderedCollections
import Value

extension SSHFunctions {
  static let authorized = [
    authKeys, checkKey, checkKeyFile, setAuthKey, setAuthKeyFromFile, rmAuthKey, rmAuthKeyFromFile,
  ]

  private static let authKeys = Function.guarded(
    "ssh.auth_keys", "The keys that let into accounts.",
    details: """
      For one user a map of keys, each with `enc`, `comment`, `options` and `fingerprint`; for a list of users, or all, \
      such a map by user.

      Example: `brine run '*' ssh.auth_keys root`
      """,
    effect: .inspect,
    parameters: [
      .optional("user", .any, "A user or a list of users; all users when it is not given."), configuration, hash,
    ]
  ) { arguments, context in
    let authorized = try AuthorizedKeys(arguments, context)
    let isOne = arguments.isGiven("user") && arguments["user"].listValue == nil
    let users = arguments.isGiven("user") ? arguments.strings("user") : try await authorized.users()
    var all: ValueMap = [:]
    for user in users {
      let content: AuthorizedKeysFile?
      do { content = try await authorized.keys(of: user) } catch let error as HostError {
        // One odd file is no reason to keep quiet about the others.
        guard isOne else { continue }
        throw error
      }
      guard let content else { continue }
      var map: ValueMap = [:]
      for key in content.keys {
        map[.string(key.key)] = [
          "enc": .string(key.type), "comment": .string(key.comment), "options": .strings(key.options),
          "fingerprint": .string(try SSHPublicKey(key.key)?.fingerprint(authorized.hash) ?? ""),
        ]
      }
      all[.string(user)] = .map(map)
    }
    return isOne ? all.values.first ?? [:] : .map(all)
  }

  private static let checkKey = Function.guarded(
    "ssh.check_key", "What is to be done that a key lets into an account.",
    details: "Returns `add`, `update` or `exists`. Example: `brine run '*' ssh.check_key root AAAA… ed25519 '' []`",
    effect: .inspect,
    parameters: [
      user, key, .required("enc", .string, "The type of the key."), .required("comment", .string, "Its comment."),
      .required("options", .any, "Its options, a list."), configuration,
      .optional("cache_keys", .any, "Taken for compatibility and not used."), hash,
    ]
  ) { arguments, context in
    let wish = try AuthorizedKeyWish.read(
      arguments.string("key"), type: arguments.string("enc"), comment: arguments.string("comment"),
      options: options(arguments["options"]))
    return .string(try await AuthorizedKeys(arguments, context).check(wish, of: arguments.string("user")))
  }

  private static let checkKeyFile = Function.guarded(
    "ssh.check_key_file", "What is to be done that the keys of a file let into an account.",
    details: """
      A map of keys with `add`, `update` or `exists`; empty when there is no such file.

      Example: `brine run '*' ssh.check_key_file root salt://keys/root`
      """,
    effect: .inspect, parameters: [user, source, configuration, environment, hash]
  ) { arguments, context in
    let authorized = try AuthorizedKeys(arguments, context)
    var map: ValueMap = [:]
    for key in try await authorized.keys(
      ofSource: arguments.string("source"), environment: arguments.string("saltenv")) ?? []
    {
      map[.string(key.key)] = .string(try await authorized.check(key, of: arguments.string("user")))
    }
    return .map(map)
  }

  private static let setAuthKey = Function.guarded(
    "ssh.set_auth_key", "Lets a key into an account.",
    details: """
      Returns `new`, `replace`, `no change`, `fail` (no such user or home), or what is wrong with the key. The file and \
      its directory belong to the user, with modes 0600 and 0700; they are written through no link that a user laid.

      Example: `brine run '*' ssh.set_auth_key deploy AAAAC3Nz… enc=ed25519 comment=ci`
      """,
    effect: .change,
    parameters: [
      user, key, type, comment, options, configuration,
      .optional("cache_keys", .any, "Taken for compatibility and not used."), hash,
    ]
  ) { arguments, context in
    let text = arguments.string("key")
    guard text.fields().count == 1 else { return "invalid" }
    let wish = try AuthorizedKeyWish.read(
      text, type: arguments.string("enc"), comment: arguments.string("comment"), options: options(arguments["options"]))
    return .string(try await AuthorizedKeys(arguments, context).set(wish, of: arguments.string("user")))
  }

  private static let setAuthKeyFromFile = Function.guarded(
    "ssh.set_auth_key_from_file", "Lets all keys of a file into an account.",
    details: """
      Returns `new`, `replace`, `no change` or `fail`, the first of `fail`, `replace`, `new` that was so for a key.

      Example: `brine run '*' ssh.set_auth_key_from_file deploy salt://keys/deploy`
      """,
    effect: .change,
    parameters: [
      user, source, configuration, environment, hash,
      .optional("options", .any, "Options for all keys, in place of their own."),
    ]
  ) { arguments, context in
    let authorized = try AuthorizedKeys(arguments, context)
    let keys = try await sourceKeys(arguments, authorized)
    guard !keys.isEmpty else { return "fail" }
    return .string(
      try await set(keys, options: options(arguments["options"]), of: arguments.string("user"), authorized))
  }

  private static let rmAuthKey = Function.guarded(
    "ssh.rm_auth_key", "Lets a key no longer into an account.",
    details: """
      Returns `Key removed` or `Key not present`. Lines that are no keys stay.

      Example: `brine run '*' ssh.rm_auth_key deploy AAAAC3Nz…`
      """,
    effect: .change, parameters: [user, key, configuration, hash]
  ) { arguments, context in
    .string(
      try await AuthorizedKeys(arguments, context).remove(arguments.string("key"), of: arguments.string("user")))
  }

  private static let rmAuthKeyFromFile = Function.guarded(
    "ssh.rm_auth_key_from_file", "Lets all keys of a file no longer into an account.",
    details:
      "Returns `Key removed`, `Key not present` or `fail`. Example: `brine run '*' ssh.rm_auth_key_from_file deploy salt://keys/old`",
    effect: .change, parameters: [user, source, configuration, environment, hash]
  ) { arguments, context in
    let authorized = try AuthorizedKeys(arguments, context)
    let keys = try await sourceKeys(arguments, authorized)
    guard !keys.isEmpty else { return "fail" }
    return .string(try await remove(keys, of: arguments.string("user"), authorized))
  }

  /// What was done for several keys: the word that counts most.
  static func set(
    _ keys: [AuthorizedKey], options: [String], of user: String, _ authorized: AuthorizedKeys
  ) async throws -> String {
    var words: [String] = []
    for var key in keys {
      if !options.isEmpty { key.options = options }
      key.type = try SSHKeyType.full(key.type)
      words.append(try await authorized.set(key, of: user))
    }
    return ["fail", "replace", "new"].first { words.contains($0) } ?? "no change"
  }

  static func remove(_ keys: [AuthorizedKey], of user: String, _ authorized: AuthorizedKeys) async throws -> String {
    var isRemoved = false
    for key in keys where try await authorized.remove(key.key, of: user) == "Key removed" { isRemoved = true }
    return isRemoved ? "Key removed" : "Key not present"
  }

  private static func sourceKeys(_ arguments: Arguments, _ authorized: AuthorizedKeys) async throws -> [AuthorizedKey] {
    let keys = try await authorized.keys(
      ofSource: arguments.string("source"), environment: arguments.string("saltenv"))
    guard let keys else {
      throw FunctionError(.notFound, "Failed to pull key file from salt file server: \(arguments.string("source"))")
    }
    return keys
  }
}
