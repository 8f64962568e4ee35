import Functions
import HostSystem
import OpenSSL
import OrderedCollections
import Value

extension X509States {
  static let privateKeyManaged = StateFunction.x509(
    "x509.private_key_managed", "A private key of this kind is there.",
    details: """
      A key that is there is kept as long as its kind, size, encoding and passphrase are those asked for. `changes` says \
      what is changed (`created`, `replaced`, `algo`, `keysize`, `encoding`, `passphrase`), never any of the key. The \
      file has its mode, 0400 when none is given, from the start.

      With `new: True` and a `prereq` on the certificate, each renewal has a new key.

      Example:

          /etc/ssl/private/web.key:
            x509.private_key_managed:
              - algo: ec
              - user: www-data
      """,
    parameters: [name] + X509PrivateKey.parameters + [
      X509Parameters.passphrase,
      .optional("encoding", .string, default: "pem", "How it is written.", choices: ["pem", "der"]),
      .optional("new", .bool, default: false, "Make a new one each time."),
      .optional(
        "overwrite", .bool, default: false,
        "Replace a file that is no private key, or one that the passphrase does not open."),
    ] + fileParameters
  ) { arguments, context in
    let file = try ManagedPEM("x509.private_key_managed", arguments, context, mode: "0400")
    let order = try X509PrivateKey(arguments)
    if file.isUnwanted { return StateResult(true, "File \(file.path) is not present and is not set for creation") }
    let bytes = try file.current()
    var present: PrivateKey?
    var changes: ValueMap = [:]
    if let bytes, !arguments.bool("new") {
      (present, changes) = try compare(bytes, order, overwrites: arguments.bool("overwrite"), path: file.path)
    } else {
      changes[bytes == nil ? "created" : "replaced"] = .string(file.path)
    }
    // A key that is only written in another way stays the same key.
    let isKept = present != nil && changes.keys.allSatisfy { ["encoding", "passphrase"].contains($0.description) }
    return try await file.finish("The private key", changes: changes, isNew: bytes == nil) {
      let secret = isKept ? try present.map(order.encoded) : nil
      return try (secret ?? order.make()).withBytes { $0 }
    }
  }

  private static func compare(
    _ bytes: [UInt8], _ order: X509PrivateKey, overwrites: Bool, path: String
  ) throws -> (PrivateKey?, ValueMap) {
    var changes: ValueMap = [:]
    let secret = Secret(bytes)
    let passphrase = order.passphrase.map { Secret($0) }
    let isEncrypted = String(decoding: bytes, as: UTF8.self).contains("ENCRYPTED")
    var key: PrivateKey?
    do {
      key = try PrivateKey(secret, passphrase: isEncrypted ? passphrase : nil)
      if isEncrypted != (passphrase != nil) { changes["passphrase"] = true }
    } catch {
      guard error.code == .unreadable else { throw error }
      guard overwrites else {
        throw StateRefusal(
          isEncrypted
            ? passphrase == nil
              ? "The existing file is encrypted. Pass overwrite: true to force regeneration without passphrase"
              : "The provided passphrase cannot decrypt the private key. Pass overwrite: true to force regeneration"
            : "The existing file does not seem to be a private key formatted as DER or PEM. Pass overwrite: true to force regeneration"
        )
      }
      changes[isEncrypted ? "passphrase" : "replaced"] = isEncrypted ? true : .string(path)
      return (nil, changes)
    }
    if let key {
      if key.algorithm != order.algorithm {
        changes["algo"] = .string(order.algorithm)
      } else if let size = order.size, key.bits != size {
        changes["keysize"] = .integer(size)
      }
    }
    if X509Source.encoding(of: bytes) != order.encoding { changes["encoding"] = .string(order.encoding.rawValue) }
    return (key, changes)
  }
}
