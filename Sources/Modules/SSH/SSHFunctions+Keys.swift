import Functions
import HostSystem
import OrderedCollections
import Value

extension SSHFunctions {
  static let keys = [hostKeys, userKeys, keyIsEncrypted]

  /// What stands in place of a private key.
  private static let mask = Value.string("**********")
  private static let limit = 1 << 20

  private static let hostKeys = Function.guarded(
    "ssh.host_keys", "The host's SSH keys.",
    details: """
      A map by kind: `ed25519.pub`, `ed25519-cert.pub`, `ed25519`. A private key is never shown: it stands as stars, \
      unlike in Salt.

      Example: `brine run '*' ssh.host_keys private=False`
      """,
    effect: .inspect,
    parameters: [
      .optional("keydir", .string, "The directory; /etc/ssh."),
      .optional("private", .bool, default: true, "Also tell which private keys there are."),
      .optional("certs", .bool, default: true, "Also certificates."),
    ]
  ) { arguments, context in
    let directory = try AbsolutePath.check(arguments.optionalString("keydir") ?? "/etc/ssh", "keydir")
    var map: ValueMap = [:]
    for name in context.files.entriesIfPresent(directory) where name.hasPrefix("ssh_host_") {
      guard let range = name.firstRange(of: "_key") else { continue }
      let kind = String(name[name.index(name.startIndex, offsetBy: 9)..<range.lowerBound])
      let rest = String(name[range.upperBound...])
      let path = PathText.child(name, of: directory)
      guard !kind.isEmpty, context.files.isFile(path) else { continue }
      switch rest {
      case "" where arguments.bool("private"): map[kind] = mask
      case ".pub",
        "-cert.pub" where arguments.bool("certs"):
        map[kind + rest] = .string((try? context.files.readText(path, limit: limit))?.trimmed() ?? "")
      default: continue
      }
    }
    return .map(map)
  }

  private static let userKeys = Function.guarded(
    "ssh.user_keys", "The SSH keys of users.",
    details: """
      A map by user, each a map of file names and keys. A private key is never shown: it stands as stars, unlike in \
      Salt. Links in home directories are not followed.

      Example: `brine run '*' ssh.user_keys user=deploy prvfile=False`
      """,
    effect: .inspect,
    parameters: [
      .optional("user", .any, "A user or a list of users; all users when it is not given."),
      .optional("pubfile", .any, "The file of the public key, below ~/.ssh or absolute; False for none."),
      .optional("prvfile", .any, "The file of the private key, below ~/.ssh or absolute; False for none."),
    ]
  ) { arguments, context in
    let database = try AccountDatabase(context)
    let names = arguments.isGiven("user") ? arguments.strings("user") : try await database.users().map(\.name)
    let kinds = ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"]
    let publicFiles = files(arguments["pubfile"], usual: kinds.map { $0 + ".pub" })
    let privateFiles = files(arguments["prvfile"], usual: kinds)
    var all: ValueMap = [:]
    for name in names {
      guard let account = try await database.user(named: AccountName.existing(name, "user")) else { continue }
      var map: ValueMap = [:]
      for (file, isPrivate) in publicFiles.map({ ($0, false) }) + privateFiles.map({ ($0, true) }) {
        let path = PathText.joined([account.home, ".ssh", file])
        guard let bytes = try? SSHFile(path, of: account, context).read() else { continue }
        let text = String(decoding: bytes, as: UTF8.self).trimmed()
        // A private key that is named as a public one is none to show.
        map[.string(PathText.basename(file))] = isPrivate || text.contains("PRIVATE KEY") ? mask : .string(text)
      }
      if !map.isEmpty { all[.string(name)] = .map(map) }
    }
    return .map(all)
  }

  private static let keyIsEncrypted = Function.guarded(
    "ssh.key_is_encrypted", "Tells whether a private key has a passphrase.",
    details:
      "Returns True or False; keys in OpenSSH's own form too. Example: `brine run web1 ssh.key_is_encrypted /root/.ssh/id_ed25519`",
    effect: .inspect, parameters: [.required("key", .string, "The file of the key.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("key", of: arguments)
    guard let isEncrypted = PrivateKeyText.isEncrypted(try context.files.readText(path, limit: limit)) else {
      throw FunctionError(.failed, "\(path) is not a private key")
    }
    return .bool(isEncrypted)
  }

  private static func files(_ value: Value, usual: [String]) -> [String] {
    if value == false { return [] }
    let text = value.isNull ? "" : value.description
    return text.isEmpty ? usual : [text]
  }
}
