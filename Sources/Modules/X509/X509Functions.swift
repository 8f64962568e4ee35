public import Functions
import Hashing
import HostSystem
import OpenSSL
import OrderedCollections
import Value

/// `x509.*`: private keys, requests and certificates, with Salt's names.
public enum X509Functions {
  public static let all: [Function] =
    creation + reading + revocation + [
      verifyPrivateKey, verifySignature, expires, expired, willExpire, getPEMEntry, getPEMEntries, writePEM,
    ]

  static let verifyPrivateKey = Function.x509(
    "x509.verify_private_key", "Tells whether a private key and a public key belong together.",
    details: "Returns True or False. Example: `brine run web1 x509.verify_private_key /etc/web.key /etc/web.crt`.",
    effect: .inspect,
    parameters: [
      .required("private_key", .string, "Path or PEM of the private key."),
      .required("public_key", .string, "Path or PEM of the other: a public key, a certificate or a request."),
      X509Parameters.passphrase,
    ]
  ) { arguments, context in
    let source = X509Source(files: context.files)
    let key = try source.privateKey(
      arguments.string("private_key"), passphrase: arguments.optionalString("passphrase"))
    return .bool(try source.publicKey(arguments.string("public_key")).isSamePair(as: key))
  }

  static let verifySignature = Function.x509(
    "x509.verify_signature", "Tells whether a key signed a certificate.",
    details: """
      Without `signing_pub_key` it tells whether the certificate is self-signed. Names and dates are not looked at. \
      Returns True or False.

      Example: `brine run web1 x509.verify_signature /etc/web.crt signing_pub_key=/etc/ca.crt`.
      """,
    effect: .inspect,
    parameters: [
      X509Parameters.certificate,
      .optional("signing_pub_key", .string, "Path or PEM of the public key, or of the authority's certificate."),
      .optional("signing_pub_key_passphrase", .string, "What it is encrypted with, where it is a private key."),
    ]
  ) { arguments, context in
    let source = X509Source(files: context.files)
    let certificate = try source.certificate(arguments.string("certificate"))
    let key = try source.publicKey(
      arguments.optionalString("signing_pub_key") ?? arguments.string("certificate"),
      passphrase: arguments.optionalString("signing_pub_key_passphrase"))
    return .bool(certificate.isSigned(by: key))
  }

  static let expires = Function.x509(
    "x509.expires", "Tells whether a certificate is no longer valid in so many days.",
    details: "Returns True or False. Example: `brine run 'web*' x509.expires /etc/web.crt days=14`.",
    effect: .inspect,
    parameters: [X509Parameters.certificate, .optional("days", .int, default: 0, "Days from now.")]
  ) { arguments, context in
    .bool(try isExpired(try certificate(arguments, context), days: arguments.int("days") ?? 0))
  }

  static let expired = Function.x509(
    "x509.expired", "Tells whether a certificate has expired.",
    details: "Returns `{path, cn, expired}`. Example: `brine run 'web*' x509.expired /etc/web.crt`.",
    effect: .inspect, parameters: [X509Parameters.certificate]
  ) { arguments, context in
    let certificate = try certificate(arguments, context)
    var map = named(certificate, arguments)
    map["expired"] = .bool(try isExpired(certificate, days: 0))
    return .map(map)
  }

  static let willExpire = Function.x509(
    "x509.will_expire", "Tells whether a certificate expires within so many days.",
    details: """
      Returns `{check_days, path, cn, will_expire}`.

      Example: `brine run 'web*' x509.will_expire /etc/web.crt days=30`.
      """,
    effect: .inspect, parameters: [X509Parameters.certificate, .required("days", .int, "Days from now.")]
  ) { arguments, context in
    let certificate = try certificate(arguments, context)
    let days = arguments.int("days") ?? 0
    var map: ValueMap = ["check_days": .integer(days)]
    map.merge(named(certificate, arguments)) { $1 }
    map["will_expire"] = .bool(try isExpired(certificate, days: days))
    return .map(map)
  }

  static func certificate(_ arguments: Arguments, _ context: FunctionContext) throws -> Certificate {
    try X509Source(files: context.files).certificate(arguments.string("certificate"))
  }

  private static func isExpired(_ certificate: Certificate, days: Int) throws -> Bool {
    guard (0...36500).contains(days) else { throw FunctionError(.badArguments, "days is 0 to 36500.") }
    return certificate.notAfter <= RotationTime.now() + Int64(days) * 86400
  }

  private static func named(_ certificate: Certificate, _ arguments: Arguments) -> ValueMap {
    let path = arguments.string("certificate")
    var map: ValueMap = [:]
    if !path.contains("-----BEGIN") { map["path"] = .string(path) }
    if let name = certificate.subject.attributes.first(where: { $0.name == "CN" })?.value { map["cn"] = .string(name) }
    return map
  }
}
