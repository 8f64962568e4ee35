public import Functions
import HostSystem
import OrderedCollections
import Value

/// States `ssh_known_hosts.*`: the hosts that a user, or the whole host, knows by their keys.
public enum SSHKnownHostsStates {
  public static let all: [StateFunction] = [present, absent]

  private static let name = Parameter.required("name", .string, "The host, one name or address.")
  private static let user = Parameter.optional("user", .string, "Whose file; the host's own when it is not given.")
  private static let file = Parameter.optional(
    "config", .string, "The file; ~/.ssh/known_hosts of the user, /etc/ssh/ssh_known_hosts without one.")

  private static let present = StateFunction.file(
    "ssh_known_hosts.present", "A host is known by its key.",
    details: """
      Give `key` and `enc`, or `fingerprint`: with neither, the first answer counts, whoever gave it. With a fingerprint \
      only the key that has it is written.

      Example:

          git.example.com:
            ssh_known_hosts.present:
              - user: deploy
              - fingerprint: 16:27:ac:a5:…
      """,
    parameters: [
      name, user, .optional("fingerprint", .string, "The fingerprint of its key, `aa:bb:…` or `SHA256:…`."),
      .optional("key", .string, "Its key, base64; needs `enc`."),
      .optional("port", .int, "Its port, where it is not 22."),
      .optional("enc", .string, "The type of the key: ed25519, ecdsa, ssh-rsa."), file,
      .optional("hash_known_hosts", .bool, default: true, "Hash host names; not with a port."),
      .optional("timeout", .int, default: 5, "Seconds to wait for the host."), SSHFunctions.hash,
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    let place = try place(arguments)
    let wish = try KnownHostWish(arguments, host: "name")
    let known = try await KnownHosts(
      user: arguments.optionalString("user"), configuration: place,
      hash: arguments.optionalString("fingerprint_hash_type"), context.functions)
    if context.isTest {
      switch try wish.check(known) {
      case "exists": return StateResult(true, "Host \(name) is already in \(place)")
      case "add": return StateResult(nil, "Key for \(name) is set to be added to \(place)")
      default: return StateResult(nil, "Key for \(name) is set to be updated in \(place)")
      }
    }
    guard case .updated(let old, let new) = try await wish.set(known) else {
      return StateResult(true, "\(name) already exists in \(place)")
    }
    let first = new[0] ?? .null
    let comment =
      if wish.key != nil {
        "\(name)'s key saved to \(place) (key: \(first["key"] ?? ""))"
      } else if wish.fingerprint != nil {
        "\(name)'s key saved to \(place) (fingerprint: \(first["fingerprint"] ?? ""))"
      } else if let type = wish.type {
        "\(name)'s \(type) key saved to \(place) (key: \(first["key"] ?? ""))"
      } else {
        "\(name)'s key(s) saved to \(place)"
      }
    return StateResult(true, comment, changes: ["old": old, "new": new])
  }

  private static let absent = StateFunction.file(
    "ssh_known_hosts.absent", "A host is not known.",
    details: """
      Example:

          old.example.com:
            ssh_known_hosts.absent:
              - user: deploy
      """,
    parameters: [name, user, file]
  ) { arguments, context in
    let place = try place(arguments)
    let name = arguments.string("name")
    let known = try await KnownHosts(
      user: arguments.optionalString("user"), configuration: place, context.functions)
    let entries = try known.content()?.entries(of: KnownHosts.checked(name)) ?? []
    guard !entries.isEmpty else { return StateResult(true, "Host is already absent") }
    if context.isTest { return StateResult(nil, "Key for \(name) is set to be removed from \(place)") }
    let old = try known.value(entries)
    let comment = try await SSHFunctions.remove(name, known, context.functions)
    return StateResult(true, comment, changes: ["old": old, "new": .null])
  }

  private static func place(_ arguments: Arguments) throws -> String {
    let hasUser = arguments.optionalString("user").map { !$0.isEmpty } ?? false
    let given = arguments.optionalString("config").flatMap { $0.isEmpty ? nil : $0 }
    let place = given ?? (hasUser ? KnownHosts.userFile : KnownHosts.systemFile)
    guard hasUser || place.hasPrefix("/") else {
      throw StateRefusal("If not specifying a \"user\", specify an absolute \"config\".")
    }
    return place
  }
}
