import Functions
import HostSystem
import OpenSSL
import OrderedCollections
import Value

extension X509Functions {
  static let creation = [createPrivateKey, createCertificate, createCSR]

  static let path = Parameter.optional("path", .string, "Absolute path of the file; without it the text is returned.")

  static let createPrivateKey = Function.x509(
    "x509.create_private_key", "Makes a private key and writes it to a file.",
    details: """
      The file has mode 0600 from the start. The key itself is never a result, so `path` is needed here, unlike in Salt. \
      Returns `PEM written to PATH`.

      Example: `brine run web1 x509.create_private_key path=/etc/ssl/private/web.key algo=ec`.
      """,
    effect: .change,
    parameters: X509PrivateKey.parameters + [
      X509Parameters.passphrase,
      .optional("encoding", .string, default: "pem", "How it is written.", choices: ["pem", "der"]),
      .optional("path", .string, "Absolute path of the file."),
    ]
  ) { arguments, context in
    guard let path = arguments.optionalString("path") else {
      throw FunctionError(.badArguments, "A private key is never a result: give path=, where it is to be written.")
    }
    let target = try absolute(path)
    let order = try X509PrivateKey(arguments)
    try context.stopIfTest("write a new private key to \(path)")
    try order.make().withBytes { try context.files.write(context.files.writeTarget(target), $0, mode: 0o600) }
    return .string(order.encoding == .pem ? "PEM written to \(path)" : "Private key written to \(path)")
  }

  static let createCertificate = Function.x509(
    "x509.create_certificate", "Makes a certificate: self-signed, or signed with an authority's key of this host.",
    details: """
      Without `signing_cert` it is self-signed with `signing_private_key`. With it, the subject's key is `private_key`, \
      `public_key` or that of `csr`. Extensions are given by their names; a request's own are taken where none is given, \
      except those that only an authority can know.

      Returns the PEM (DER as bytes), or with `path` a sentence.

      Example: `brine run ca x509.create_certificate signing_private_key=/etc/ca.key signing_cert=/etc/ca.crt \
      csr=/srv/web1.csr days_valid=90 path=/srv/web1.crt`.
      """,
    effect: .change,
    parameters: X509Parameters.signing + [
      X509Parameters.digest, path, .optional("overwrite", .bool, default: true, "False leaves a file that is there."),
    ] + X509Parameters.subject + X509Parameters.extensions
  ) { arguments, context in
    if let path = arguments.optionalString("path"), !arguments.bool("overwrite"), context.files.exists(path) {
      return .string("The file at \(path) exists and overwrite was set to false")
    }
    let order = try CertificateOrder(arguments, context.files)
    let text = order.bytes(of: try order.certificate())
    return try written(text, order.encoding, "Certificate", arguments, context)
  }

  static let createCSR = Function.x509(
    "x509.create_csr", "Makes a request for a certificate.",
    details: """
      Returns the PEM (DER as bytes), or with `path` a sentence.

      Example: `brine run web1 x509.create_csr private_key=/etc/ssl/private/web.key CN=web1.example \
      subjectAltName='DNS:web1.example' path=/etc/ssl/web.csr`.
      """,
    effect: .change,
    parameters: X509CertificateRequest.parameters + [path] + X509Parameters.subject + X509Parameters.extensions
  ) { arguments, context in
    let order = try X509CertificateRequest(arguments, context.files)
    return try written(try order.bytes(of: order.make()), order.encoding, "CSR", arguments, context)
  }

  static func written(
    _ bytes: [UInt8], _ encoding: X509Source.Encoding, _ what: String, _ arguments: Arguments,
    _ context: FunctionContext
  ) throws -> Value {
    guard let path = arguments.optionalString("path") else {
      return encoding == .pem ? .string(String(decoding: bytes, as: UTF8.self)) : .bytes(bytes)
    }
    let target = try absolute(path)
    try context.stopIfTest("write \(path)")
    // Salt's umask for what it writes is 0077.
    let mode = context.files.status(target)?.mode ?? 0o600
    try context.files.write(context.files.writeTarget(target), bytes, mode: mode)
    return .string(encoding == .pem ? "PEM written to \(path)" : "\(what) written to \(path)")
  }

  static func absolute(_ path: String) throws -> String {
    guard path.hasPrefix("/"), !path.utf8.contains(0) else {
      throw FunctionError(.badArguments, "'\(path)' is not an absolute path.")
    }
    return path
  }
}
