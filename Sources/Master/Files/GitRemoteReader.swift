import OrderedCollections
import Value
import Wire

/// Reads a remote's settings as Salt has them: those for all remotes, and over them those of one.
struct GitRemoteReader {
  /// What is wrong with a setting; a sentence.
  struct Fault: Error {
    var message: String
    init(_ message: String) { self.message = message }
  }

  static let access = ["user", "password", "pubkey", "privkey", "passphrase", "insecure_auth", "ssl_verify"]
  static let files = [
    "base", "root", "mountpoint", "ref_types", "saltenv", "disable_saltenv_mapping", "fallback", "saltenv_whitelist",
    "saltenv_blacklist",
  ]

  /// For all remotes, by names without `gitfs_` or `git_pillar_`.
  let general: ValueMap
  /// What may stand at one remote.
  let known: [String]

  /// - Parameter item: an address, or `{address: [options]}`.
  func remote(_ item: Value) throws(Fault) -> (address: String, options: ValueMap) {
    guard let entry = item.mapValue?.elements.first else { return (item.description, general) }
    var options = general
    for option in entry.value.listValue ?? [entry.value] {
      for (key, value) in option.mapValue ?? [:] {
        guard known.contains(key.description) else {
          throw Fault("there is no option '\(key)'; there are \(known.joined(separator: ", "))")
        }
        options[key] = value
      }
    }
    return (entry.key.description, options)
  }

  static func remote(_ url: String, _ options: ValueMap) throws(Fault) -> GitRemote {
    var remote = GitRemote(url: url)
    guard GitAddress.isAllowed(url) else {
      throw Fault("'\(remote.shownURL)' is no address: it is https://…, ssh://…, user@host:path, file:///… or a path")
    }
    remote.root = try path(options["root"])
    remote.mountPoint = try path(options["mountpoint"])
    remote.access = try access(url, options)
    remote.environments = try environments(options)
    if let interval = options["update_interval"] {
      guard let seconds = interval.intValue, (5...86_400).contains(seconds) else {
        throw Fault("'update_interval' is a number of seconds from 5 to 86400")
      }
      remote.interval = Int(seconds)
    }
    return remote
  }

  private static func text(_ value: Value?) -> String? {
    guard let value, !value.isNull, value != false else { return nil }
    return value.description.isEmpty ? nil : value.description
  }

  private static func path(_ value: Value?) throws(Fault) -> String {
    var text = value.map { $0.isNull ? "" : $0.description } ?? ""
    if text.hasPrefix("salt://") { text.removeFirst(7) }
    text = text.split(separator: "/").joined(separator: "/")
    guard text.isEmpty || FilePath(text) != nil else { throw Fault("'\(text)' is no path below a root") }
    return text
  }

  private static func access(_ url: String, _ options: ValueMap) throws(Fault) -> GitAccess {
    var access = GitAccess()
    access.user = text(options["user"]) ?? ""
    access.privateKey = text(options["privkey"]) ?? ""
    access.verifiesCertificate = options["ssl_verify"] != false
    if let password = text(options["password"]) {
      guard !access.user.isEmpty else { throw Fault("'password' takes a 'user'") }
      let scheme = GitAddress.scheme(of: url)
      guard scheme == "https" || (scheme == "http" && options["insecure_auth"] == true) else {
        throw Fault(
          scheme == "http"
            ? "a password over http is readable on its way: use https, or say 'insecure_auth: true'"
            : "'user' and 'password' are for https addresses; ssh takes 'privkey'")
      }
      guard password.utf8.allSatisfy({ $0 >= 0x20 }) else { throw Fault("the password has control characters") }
      access.password = Secret(password)
    }
    if text(options["passphrase"]) != nil {
      throw Fault("keys with a passphrase cannot be used: take a key without one, readable by the master alone")
    }
    if access.privateKey.isEmpty, text(options["pubkey"]) != nil { throw Fault("'pubkey' takes a 'privkey'") }
    guard access.privateKey.isEmpty || isPlainPath(access.privateKey) else {
      throw Fault("'privkey' is an absolute path without quotes and control characters")
    }
    return access
  }

  private static func isPlainPath(_ text: String) -> Bool {
    text.hasPrefix("/") && !text.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "'") || $0 == 0x7F }
  }

  private static func environments(_ options: ValueMap) throws(Fault) -> GitEnvironments {
    var environments = GitEnvironments(base: text(options["base"]) ?? "master")
    environments.fallback = text(options["fallback"])
    environments.all = text(options["all_saltenvs"])
    environments.isMappingDisabled = options["disable_saltenv_mapping"] == true
    environments.allowed = names(options["saltenv_whitelist"])
    environments.denied = names(options["saltenv_blacklist"])
    if let kinds = options["ref_types"] {
      environments.kinds = names(kinds)
      if let other = environments.kinds.first(where: { !["branch", "tag", "sha"].contains($0) }) {
        throw Fault("'\(other)' is no type of a ref; there are branch, tag and sha")
      }
    }
    for (name, settings) in entries(options["saltenv"]) {
      var own = GitEnvironments.Parameters()
      for (key, value) in entries(settings) {
        switch key.description {
        case "ref": own.ref = value.description
        case "root": own.root = try path(value)
        case "mountpoint": own.mountPoint = try path(value)
        default: throw Fault("'saltenv' has '\(key)'; it takes ref, root and mountpoint")
        }
      }
      environments.parameters[name.description] = own
    }
    return environments
  }

  /// The entries of a map, or of a list of maps.
  private static func entries(_ value: Value?) -> [(key: Value, value: Value)] {
    let maps = value?.listValue?.compactMap(\.mapValue) ?? value?.mapValue.map { [$0] } ?? []
    return maps.flatMap { map in map.map { ($0.key, $0.value) } }
  }

  private static func names(_ value: Value?) -> [String] {
    guard let value, !value.isNull else { return [] }
    return value.listValue?.map(\.description) ?? [value.description]
  }
}
