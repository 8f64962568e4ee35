import Functions
import HostSystem
import OpenSSL
import OrderedCollections
import Value

extension X509States {
  static let crlManaged = StateFunction.x509(
    "x509.crl_managed", "A list of revoked certificates says this and is valid for some time yet.",
    details: """
      It is made anew when fewer than `days_remaining` days of it are left, or when what is revoked, the authority, the \
      extensions or the digest are others. A certificate that stays on the list keeps its date.

      Example:

          /srv/pki/ca.crl:
            x509.crl_managed:
              - signing_private_key: /etc/ssl/private/ca.key
              - signing_cert: /etc/ssl/ca.crt
              - revoked:
                - certificate: /srv/pki/old.crt
                  reason: keyCompromise
                - serial_number: 0A:0B:0C
              - extensions: {cRLNumber: auto}
      """,
    parameters: [name, .optional("days_remaining", .int, default: 30, "Renew it when fewer days are left.")]
      + X509RevocationList.parameters + fileParameters
  ) { arguments, context in
    let file = try ManagedPEM("x509.crl_managed", arguments, context, mode: nil)
    if file.isUnwanted { return StateResult(true, "File \(file.path) is not present and is not set for creation") }
    let bytes = try file.current()
    let what = "The certificate revocation list"
    if bytes == nil, context.isTest { return try await predicted(file, what) }
    let order = try X509RevocationList(arguments, context.functions.files)
    var changes: ValueMap = bytes == nil ? ["created": .string(file.path)] : [:]
    var present: RevocationList?
    if let bytes {
      present = try? X509RevocationList.list(bytes, name: file.path)
      if let present {
        let days = arguments.int("days_remaining") ?? 30
        if present.nextUpdate < RotationTime.now() + Int64(days) * 86400 { changes["expiration"] = true }
        if X509Source.encoding(of: bytes) != order.encoding { changes["encoding"] = .string(order.encoding.rawValue) }
        for (key, value) in try order.differences(from: present) { changes[key] = value }
      } else {
        changes["replaced"] = .string(file.path)
      }
    }
    let former = present
    return try await file.finish(what, changes: changes, isNew: bytes == nil) {
      order.bytes(of: try order.make(after: former))
    }
  }
}
