import Functions
import HostSystem
import OpenSSL
import Value

/// A request as `x509.create_csr` and `x509.csr_managed` are asked for it.
struct X509CertificateRequest {
  static let parameters: [Parameter] = [
    .required("private_key", .string, "Path or PEM of the private key."),
    .optional("private_key_passphrase", .string, "What it is encrypted with."), X509Parameters.digest,
    .optional("encoding", .string, default: "pem", "How it is written.", choices: ["pem", "der"]),
  ]
  /// An authority's to say.
  private static let forbidden = [
    "authorityInfoAccess", "authorityKeyIdentifier", "issuerAltName", "crlDistributionPoints",
  ]

  let key: PrivateKey
  let encoding: X509Source.Encoding
  private let subject: DistinguishedName
  private let extensions: [ExtensionSetting]
  private let digest: String

  init(_ arguments: Arguments, _ files: HostFiles) throws {
    key = try X509Source(files: files).privateKey(
      arguments.string("private_key"), passphrase: arguments.optionalString("private_key_passphrase"))
    encoding = X509Source.Encoding(rawValue: arguments.string("encoding")) ?? .pem
    digest = arguments.string("digest")
    subject = try X509Subject.read(arguments)
    extensions = try X509Extension.settings(arguments).filter { !Self.forbidden.contains($0.name) }
  }

  func make() throws -> CertificateRequest {
    do {
      return try CertificateRequest(subject: subject, extensions: extensions, key: key, digest: digest.uppercased())
    } catch { throw FunctionError(error) }
  }

  func bytes(of request: CertificateRequest) -> [UInt8] { encoding == .der ? request.der : Array(request.pem.utf8) }

  /// How a request that is there differs from what is asked for, with Salt's keys.
  func differences(from current: CertificateRequest) throws -> ValueMap {
    let wanted = try make()
    var changes: ValueMap = [:]
    let isSameKey = try current.publicKey().isSamePair(as: key)
    if isSameKey, wanted.signatureAlgorithm != current.signatureAlgorithm { changes["digest"] = .string(digest) }
    if !isSameKey { changes["private_key"] = true }
    if wanted.subject != current.subject { changes["subject_name"] = .string(X509Subject.text(wanted.subject)) }
    let extensions = ExtensionDifference(from: try current.extensions(), to: try wanted.extensions())
    if !extensions.isEmpty { changes["extensions"] = extensions.value }
    return changes
  }
}
