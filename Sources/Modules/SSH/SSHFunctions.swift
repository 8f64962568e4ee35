public import Functions
import HostSystem
import OrderedCollections
import Value

/// `ssh.*`: authorized keys, known hosts, and the keys of the host and its users.
public enum SSHFunctions {
  public static let all: [Function] = authorized + known + keys

  static let user = Parameter.required("user", .string, "Whose file.")
  static let optionalUser = Parameter.optional("user", .string, "Whose file; the host's own when it is not given.")
  static let key = Parameter.required("key", .string, "The key, base64, without type and comment.")
  static let type = Parameter.optional(
    "enc", .string, default: "ssh-rsa", "The type of the key: ed25519, ecdsa, ssh-rsa and so on.")
  static let comment = Parameter.optional("comment", .string, default: "", "The comment after the key.")
  static let options = Parameter.optional("options", .any, "Options before the key, a list.")
  static let configuration = Parameter.optional(
    "config", .string, default: .string(AuthorizedKeys.defaultConfiguration),
    "The file, below the user's home or absolute; `%u` and `%h` stand for the user's name and home.")
  static let hash = Parameter.optional(
    "fingerprint_hash_type", .string, "The hash of fingerprints: sha256 (the default), sha512, sha1, md5.")
  static let environment = Parameter.optional("saltenv", .string, default: "base", "The environment of the source.")
  static let source = Parameter.required("source", .string, "The file with keys: `salt://…` or a path of the host.")

  /// A list as it is; a text is parted at commas that are not quoted.
  static func options(_ value: Value) -> [String] {
    if let list = value.listValue { return list.map(\.description) }
    if value.isNull || value == "" { return [] }
    return AuthorizedKey(line: "\(value) ssh-rsa AAAA")?.options ?? [value.description]
  }
}
