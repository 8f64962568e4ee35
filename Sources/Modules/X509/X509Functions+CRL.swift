import Functions
import HostSystem
import OpenSSL
import OrderedCollections
import Value

extension X509Functions {
  static let revocation = [createCRL, readCRL, verifyCRL]

  static let createCRL = Function.x509(
    "x509.create_crl", "Makes a list of revoked certificates.",
    details: """
      Returns the PEM (DER as bytes), or with `path` a sentence.

      Example: `brine run ca x509.create_crl signing_private_key=/etc/ca.key signing_cert=/etc/ca.crt \
      revoked='[{certificate: /srv/old.crt, reason: keyCompromise}]' path=/srv/ca.crl`.
      """,
    effect: .change,
    parameters: X509RevocationList.parameters + [path]
  ) { arguments, context in
    let order = try X509RevocationList(arguments, context.files)
    return try written(order.bytes(of: try order.make(after: nil)), order.encoding, "CRL", arguments, context)
  }

  static let readCRL = Function.x509(
    "x509.read_crl", "Tells all that a list of revoked certificates says.",
    details: """
      Returns `{issuer, last_update, next_update, revoked_certificates: {serial: {revocation_date, extensions}}, \
      extensions, signature_algorithm}`.

      Example: `brine run ca x509.read_crl /srv/ca.crl`.
      """,
    effect: .inspect, parameters: [.required("crl", .string, "Path of a PEM or DER file, or PEM text.")]
  ) { arguments, context in
    let text = arguments.string("crl")
    let list = try X509RevocationList.list(X509Source(files: context.files).bytes(text), name: "The list")
    var revoked: ValueMap = [:]
    for entry in try list.entries() {
      var extensions: ValueMap = [:]
      if let reason = entry.reason { extensions["CRLReason"] = ["critical": false, "value": .string(reason)] }
      let number = CertificateOrder.hexadecimal(entry.serialNumber).filter { $0 != ":" }
      revoked[.string(number)] = ["revocation_date": .string(time(entry.date)), "extensions": .map(extensions)]
    }
    return [
      "issuer": X509Subject.map(list.issuer), "last_update": .string(time(list.lastUpdate)),
      "next_update": .string(time(list.nextUpdate)), "revoked_certificates": .map(revoked),
      "extensions": X509Extension.map(try list.extensions()), "signature_algorithm": .string(list.signatureAlgorithm),
    ]
  }

  static let verifyCRL = Function.x509(
    "x509.verify_crl", "Tells whether an authority signed a list of revoked certificates.",
    details: "Returns True or False. Example: `brine run ca x509.verify_crl /srv/ca.crl /etc/ca.crt`.",
    effect: .inspect,
    parameters: [
      .required("crl", .string, "Path of a PEM or DER file, or PEM text."),
      .required("cert", .string, "Path or PEM of the authority's certificate or public key."),
    ]
  ) { arguments, context in
    let source = X509Source(files: context.files)
    let list = try X509RevocationList.list(source.bytes(arguments.string("crl")), name: "The list")
    return .bool(list.isSigned(by: try source.publicKey(arguments.string("cert"))))
  }
}
