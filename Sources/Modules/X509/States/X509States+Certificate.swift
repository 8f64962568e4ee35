import Functions
import HostSystem
import OpenSSL
import OrderedCollections
import Value

extension X509States {
  static let csrManaged = StateFunction.x509(
    "x509.csr_managed", "A request for a certificate says this.",
    details: """
      It is made anew when its key, subject, extensions or digest are others. `changes` says which.

      Example:

          /etc/ssl/web.csr:
            x509.csr_managed:
              - private_key: /etc/ssl/private/web.key
              - CN: web1.example
              - subjectAltName: DNS:web1.example, IP:192.0.2.7
      """,
    parameters: [name] + X509CertificateRequest.parameters + X509Parameters.subject + X509Parameters.extensions
      + fileParameters
  ) { arguments, context in
    let file = try ManagedPEM("x509.csr_managed", arguments, context, mode: nil)
    if file.isUnwanted { return StateResult(true, "File \(file.path) is not present and is not set for creation") }
    let bytes = try file.current()
    let what = "The certificate signing request"
    if bytes == nil, context.isTest { return try await predicted(file, what) }
    let order = try X509CertificateRequest(arguments, context.functions.files)
    var changes: ValueMap = bytes == nil ? ["created": .string(file.path)] : [:]
    if let bytes {
      if let current = try? X509Source.request(bytes, name: file.path) {
        changes = try order.differences(from: current)
        if X509Source.encoding(of: bytes) != order.encoding { changes["encoding"] = .string(order.encoding.rawValue) }
      } else {
        changes["replaced"] = .string(file.path)
      }
    }
    return try await file.finish(what, changes: changes, isNew: bytes == nil) { order.bytes(of: try order.make()) }
  }

  static let certificateManaged = StateFunction.x509(
    "x509.certificate_managed", "A certificate says this and is valid for some time yet.",
    details: """
      It is made anew when fewer than `days_remaining` days of it are left, or when its key, subject, issuer, extensions or \
      digest are others. `changes` says which (`created`, `expiration`, `private_key`, `signing_private_key`, \
      `subject_name`, `issuer_name`, `extensions: {added, changed, removed}`, …).

      It is self-signed with `signing_private_key`, or with `signing_cert` signed by an authority whose key is on this host. \
      `watch_in` a service, so that it takes the new one.

      Example:

          /etc/ssl/web.crt:
            x509.certificate_managed:
              - signing_private_key: /etc/ssl/private/ca.key
              - signing_cert: /etc/ssl/ca.crt
              - private_key: /etc/ssl/private/web.key
              - CN: web1.example
              - subjectAltName: DNS:web1.example
              - basicConstraints: critical, CA:FALSE
              - days_valid: 90
              - days_remaining: 30
      """,
    parameters: [
      name, .optional("days_remaining", .int, default: 90, "Renew it when fewer days are left."),
      X509Parameters.digest,
    ] + X509Parameters.signing + X509Parameters.subject + X509Parameters.extensions + fileParameters
  ) { arguments, context in
    let file = try ManagedPEM("x509.certificate_managed", arguments, context, mode: nil)
    if file.isUnwanted { return StateResult(true, "File \(file.path) is not present and is not set for creation") }
    try X509Parameters.refuseRemote(arguments)
    let bytes = try file.current()
    let what = "The certificate"
    // Under test the keys that it is signed with may not be there yet.
    if bytes == nil, context.isTest { return try await predicted(file, what) }
    let order = try CertificateOrder(arguments, context.functions.files)
    var changes: ValueMap = bytes == nil ? ["created": .string(file.path)] : [:]
    if let bytes {
      if let current = try? CertificateFile.parse(bytes, name: file.path) {
        let days = arguments.int("days_remaining") ?? 90
        if current.notAfter < RotationTime.now() + Int64(days) * 86400 { changes["expiration"] = true }
        if X509Source.encoding(of: bytes) != order.encoding { changes["encoding"] = .string(order.encoding.rawValue) }
        if try chain(bytes, file.path) != order.chain.map(\.der) { changes["additional_certs"] = true }
        for (key, value) in try order.differences(from: current) { changes[key] = value }
      } else {
        changes["replaced"] = .string(file.path)
      }
    }
    return try await file.finish(what, changes: changes, isNew: bytes == nil) {
      order.bytes(of: try order.certificate())
    }
  }

  static func predicted(_ file: ManagedPEM, _ what: String) async throws -> StateResult {
    try await file.finish(what, changes: ["created": .string(file.path)], isNew: true) { [] }
  }

  /// The certificates after the first.
  private static func chain(_ bytes: [UInt8], _ path: String) throws -> [[UInt8]] {
    guard X509Source.encoding(of: bytes) == .pem else { return [] }
    return Array(
      try X509Source.blocks(bytes, name: path).filter { $0.label.hasSuffix("CERTIFICATE") }.map(\.der).dropFirst())
  }
}
