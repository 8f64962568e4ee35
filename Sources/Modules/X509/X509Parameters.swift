import Functions
import OpenSSL
import Value

/// Parameters that several `x509.*` have in common.
enum X509Parameters {
  static let certificate = Parameter.required("certificate", .string, "Path of a PEM or DER file, or PEM text.")
  static let passphrase = Parameter.optional(
    "passphrase", .string, "What the private key is encrypted with. In a state it belongs into the pillar.")
  static let digest = Parameter.optional(
    "digest", .string, default: "sha256", "Digest that is signed; keys of Ed25519 and Ed448 have their own.",
    choices: ["sha1", "sha224", "sha256", "sha384", "sha512"])

  /// The subject, whole or attribute by attribute.
  static let subject: [Parameter] =
    [
      .optional(
        "subject", .any, "The name: `CN=web1,O=Example` (RFC 4514), a list of such parts in their order, or a map.")
    ]
    + X509Subject.names.map { .optional($0, .string, "Attribute \($0) of the subject, unless `subject` is given.") }

  static let extensions: [Parameter] = ExtensionSetting.names.map {
    .optional($0, .any, "The extension, in the syntax of openssl.cnf, as a list of its parts, or a map.")
  }

  static let signing: [Parameter] = [
    .optional(
      "signing_private_key", .string, "Path or PEM of the key that signs; without `signing_cert` also the subject's."),
    .optional("signing_private_key_passphrase", .string, "What that key is encrypted with."),
    .optional("signing_cert", .string, "Path or PEM of the authority's certificate; without it, it is self-signed."),
    .optional("public_key", .string, "Path or PEM of the subject's public key (a certificate or request will do)."),
    .optional("private_key", .string, "Path or PEM of the subject's private key, whose public half is taken."),
    .optional("private_key_passphrase", .string, "What that key is encrypted with."),
    .optional("csr", .string, "Path or PEM of a request: its public key, and its extensions where none are given."),
    .optional("serial_number", .any, "A number, or hexadecimal digits; random when not given."),
    .optional("not_before", .string, "`2030-01-31 12:00:00`, UTC; now when not given."),
    .optional("not_after", .string, "The same for the end."),
    .optional("days_valid", .int, default: 365, "Days until the end, unless `not_after` is given."),
    .optional("encoding", .string, default: "pem", "How it is written.", choices: ["pem", "der"]),
    .optional("append_certs", .stringList, "Paths or PEM of certificates that follow it (PEM only)."),
    .optional("ca_server", .string, "Not carried out here: a minion cannot ask another one to sign."),
    .optional("signing_policy", .string, "Not carried out here: give the values themselves."),
  ]

  static func refuseRemote(_ arguments: Arguments) throws(FunctionError) {
    for name in ["ca_server", "signing_policy"] where arguments.isGiven(name) {
      throw FunctionError(
        .badArguments, "\(name)= is not carried out here: a certificate is signed with a key of this host.",
        hint: "Give signing_private_key= and signing_cert=, or have a request (x509.create_csr) signed elsewhere.")
    }
  }
}
