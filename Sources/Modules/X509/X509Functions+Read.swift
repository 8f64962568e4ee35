import Functions
import Hashing
import HostSystem
import OpenSSL
import OrderedCollections
import Value

extension X509Functions {
  static let reading = [readCertificate, readCertificates, readCSR, getPublicKey, getPrivateKeySize]

  static let readCertificate = Function.x509(
    "x509.read_certificate", "Tells all that a certificate says.",
    details: """
      Returns `{version, key_size, key_type, serial_number, fingerprints, subject, subject_hash, subject_str, issuer, \
      issuer_hash, issuer_str, not_before, not_after, public_key, extensions, signature_algorithm}`; times are \
      `2030-01-31 12:00:00`, UTC. Extensions that are not taken apart have OpenSSL's text as their `value`.

      Example: `brine run web1 x509.read_certificate /etc/ssl/web.crt`.
      """,
    effect: .inspect, parameters: [X509Parameters.certificate]
  ) { arguments, context in try report(try certificate(arguments, context)) }

  static let readCertificates = Function.x509(
    "x509.read_certificates", "Tells what the certificates of several files say.",
    details: """
      Returns a map of paths; files that hold no certificate are left out.

      Example: `brine run web1 x509.read_certificates '/etc/ssl/certs/web*.pem'`.
      """,
    effect: .inspect, parameters: [.required("glob_path", .string, "A path with `*`, `?` and `[…]`.")]
  ) { arguments, context in
    var map: ValueMap = [:]
    for path in try paths(arguments, context) {
      guard let certificate = try? X509Source(files: context.files).certificate(path) else { continue }
      map[.string(path)] = try report(certificate)
    }
    return .map(map)
  }

  static let readCSR = Function.x509(
    "x509.read_csr", "Tells all that a request for a certificate says.",
    details: """
      Returns `{key_size, key_type, subject, subject_hash, subject_str, public_key_hash, extensions}`.

      Example: `brine run web1 x509.read_csr /etc/ssl/web.csr`.
      """,
    effect: .inspect, parameters: [.required("csr", .string, "Path of a PEM or DER file, or PEM text.")]
  ) { arguments, context in
    let request = try X509Source(files: context.files).request(arguments.string("csr"))
    let key = try request.publicKey()
    return [
      "key_size": size(key), "key_type": .string(key.algorithm), "subject": X509Subject.map(request.subject),
      "subject_hash": .string(hash(try request.subjectDER())),
      "subject_str": .string(X509Subject.text(request.subject)),
      "public_key_hash": .string(Hexadecimal.colons(try key.identifier())),
      "extensions": X509Extension.map(try request.extensions()),
    ]
  }

  static let getPublicKey = Function.x509(
    "x509.get_public_key", "Returns the public half of a key, or of what holds one.",
    details: "Returns PEM. Example: `brine run web1 x509.get_public_key /etc/ssl/web.crt`.", effect: .inspect,
    parameters: [
      .required("key", .string, "Path or PEM of a public key, certificate, private key or request."),
      X509Parameters.passphrase,
    ]
  ) { arguments, context in
    let source = X509Source(files: context.files)
    return .string(
      try source.publicKey(arguments.string("key"), passphrase: arguments.optionalString("passphrase")).publicPEM())
  }

  static let getPrivateKeySize = Function.x509(
    "x509.get_private_key_size", "Returns the size of a private key in bits.",
    details: """
      Null for Ed25519 and Ed448, which have one size only.

      Example: `brine run web1 x509.get_private_key_size /etc/ssl/private/web.key`.
      """,
    effect: .inspect,
    parameters: [.required("private_key", .string, "Path or PEM of the private key."), X509Parameters.passphrase]
  ) { arguments, context in
    let source = X509Source(files: context.files)
    return size(
      try source.privateKey(arguments.string("private_key"), passphrase: arguments.optionalString("passphrase")))
  }

  static func paths(_ arguments: Arguments, _ context: FunctionContext) throws -> [String] {
    PathGlob.expand(try absolute(arguments.string("glob_path")), context.files).filter(context.files.isFile)
  }

  private static func report(_ certificate: Certificate) throws -> Value {
    let key = try certificate.publicKey()
    return [
      "version": .integer(certificate.version), "key_size": size(key), "key_type": .string(key.algorithm),
      "serial_number": .string(CertificateOrder.hexadecimal(certificate.serialNumber)),
      "fingerprints": [
        "sha1": .string(certificate.fingerprint(.sha1)), "sha256": .string(certificate.fingerprint()),
        "md5": .string(certificate.fingerprint(.md5)),
      ],
      "subject": X509Subject.map(certificate.subject), "subject_hash": .string(hash(try certificate.subjectDER())),
      "subject_str": .string(X509Subject.text(certificate.subject)),
      "issuer": X509Subject.map(certificate.issuer), "issuer_hash": .string(hash(try certificate.issuerDER())),
      "issuer_str": .string(X509Subject.text(certificate.issuer)),
      "not_before": .string(time(certificate.notBefore)), "not_after": .string(time(certificate.notAfter)),
      "public_key": .string(try key.publicPEM()), "extensions": X509Extension.map(try certificate.extensions()),
      "signature_algorithm": .string(certificate.signatureAlgorithm),
    ]
  }

  private static func size(_ key: KeyHandle) -> Value {
    ["rsa", "ec"].contains(key.algorithm) ? .integer(key.bits) : .null
  }

  /// The first four bytes of the name's SHA-1, last one first.
  private static func hash(_ name: [UInt8]) -> String {
    Hexadecimal.colons(Array(DigestAlgorithm.sha1.digest(of: name).prefix(4).reversed()))
  }

  static func time(_ seconds: Int64) -> String {
    String(RotationTime.text(seconds).replacing("T", with: " ").dropLast())
  }
}
