public import Functions
import Hashing
import Value

/// `tls.*`: what certificates say, on disk and on the wire.
public enum TLSFunctions {
  public static let all: [Function] = [certInfo, certExpiry, servedCert]

  static let certInfo = Function(
    "tls.cert_info", "Tells what a certificate says: names, validity, serial number, fingerprint, extensions.",
    details: """
      Of a file with several certificates the first is read. Returns `{fingerprint, subject, issuer, serial_number, \
      not_before, not_after, extensions, subject_alt_names, signature_algorithm}`; times are seconds since the epoch, \
      `subject_alt_names` is missing where the certificate has none, and a serial number beyond 64 bits is a string of \
      decimal digits.

      Example: `brine run 'web*' tls.cert_info /etc/nginx/tls.crt`.
      """,
    effect: .inspect,
    parameters: [
      .required("cert", .string, "Path of a PEM or DER file, or PEM text."),
      .optional(
        "digest", .string, default: "sha256", "Digest of the fingerprint.",
        choices: DigestAlgorithm.allCases.map(\.rawValue)),
    ]
  ) { arguments, context in
    let certificate = try CertificateFile.first(arguments.string("cert"), files: context.files)
    let digest = DigestAlgorithm(rawValue: arguments.string("digest")) ?? .sha256
    return .map(try CertificateInfo.map(certificate, digest: digest))
  }

  static let certExpiry = Function(
    "tls.cert_expiry", "Tells how long a certificate is still valid.",
    details: """
      Returns `{not_after, expires, days_left, expired}`: seconds since the epoch, the same as ISO 8601, and whole days, \
      negative once it has expired.

      Example: `brine run '*' tls.cert_expiry /etc/ssl/certs/web.crt`.
      """,
    effect: .inspect, parameters: [.required("cert", .string, "Path of a PEM or DER file, or PEM text.")]
  ) { arguments, context in
    let certificate = try CertificateFile.first(arguments.string("cert"), files: context.files)
    let end = certificate.notAfter
    let left = end - RotationTime.now()
    return [
      "not_after": .int(end), "expires": .string(RotationTime.text(end)),
      "days_left": .int(left >= 0 ? left / 86400 : -((-left + 86399) / 86400)), "expired": .bool(left < 0),
    ]
  }

  static let servedCert = Function(
    "tls.served_cert", "Tells which certificate a server presents in a real TLS handshake.",
    details: """
      The handshake is finished, so the server has proved that it holds the key. Who issued the certificate does not \
      matter here. Returns what `tls.cert_info` returns.

      Example: `brine run web1 tls.served_cert 127.0.0.1 443 server_name=www.example.org`.
      """,
    effect: .inspect,
    parameters: [
      .required("host", .string, "Name or address of the server."),
      .optional("port", .int, default: 443, "Its port."),
      .optional("server_name", .string, "Name to ask for (SNI); the host, unless that is an address."),
      .optional("timeout", .number, default: 10, "Seconds for all of it."),
    ]
  ) { arguments, context in
    let port = arguments.int("port") ?? 443
    let timeout = arguments.double("timeout") ?? 10
    guard (1...65535).contains(port), timeout > 0, timeout <= 600 else {
      throw FunctionError(.badArguments, "A port is 1 to 65535, and the timeout up to 600 seconds.")
    }
    let served = try await ServedCertificate.fetch(
      host: arguments.string("host"), port: port, serverName: arguments.optionalString("server_name"),
      timeout: .milliseconds(Int(timeout * 1000)), commands: context.commands)
    return .map(try CertificateInfo.map(served))
  }
}
