import COpenSSL
import Hashing

/// An X.509 certificate. It is not changed once it is there, so threads may share it.
public final class Certificate: @unchecked Sendable {
  /// No certificate is larger.
  public static let sizeLimit = 1 << 20

  let pointer: OpaquePointer
  /// The whole certificate.
  public let der: [UInt8]

  /// - Throws: `OpenSSLError` with `unreadable` for bytes that are not one certificate.
  public init(der: [UInt8]) throws(OpenSSLError) {
    try Library.require()
    guard der.count <= Self.sizeLimit else {
      throw OpenSSLError(.unreadable, "A certificate has at most \(Self.sizeLimit) bytes")
    }
    guard let certificate = Library.decode(der, { ossl_d2i_X509(nil, $0, $1) }) else {
      throw Library.failure(.unreadable, "This is not a readable X.509 certificate")
    }
    pointer = certificate.object
    self.der = der
    guard certificate.isWhole else { throw OpenSSLError(.unreadable, "There are bytes after the X.509 certificate") }
  }

  /// Takes over one of OpenSSL's.
  init(owning pointer: OpaquePointer) throws(OpenSSLError) {
    self.pointer = pointer
    der = try Library.encode("The certificate cannot be written") { ossl_i2d_X509(pointer, $0) }
  }

  deinit { ossl_X509_free(pointer) }

  public var pem: String { PEMBlock(label: "CERTIFICATE", der: der).text }
  /// 1, 2 or 3.
  public var version: Int { Int(ossl_X509_get_version(pointer)) + 1 }
  public var subject: DistinguishedName { DistinguishedName(ossl_X509_get_subject_name(pointer)) }
  public var issuer: DistinguishedName { DistinguishedName(ossl_X509_get_issuer_name(pointer)) }
  public func subjectDER() throws(OpenSSLError) -> [UInt8] {
    try DistinguishedName.der(ossl_X509_get_subject_name(pointer))
  }
  public func issuerDER() throws(OpenSSLError) -> [UInt8] {
    try DistinguishedName.der(ossl_X509_get_issuer_name(pointer))
  }
  /// The magnitude, most significant byte first.
  public var serialNumber: [UInt8] { StringValue.bytes(ossl_X509_get_serialNumber(pointer)) }
  /// Seconds since the epoch.
  public var notBefore: Int64 { StringValue.seconds(ossl_X509_getm_notBefore(pointer)) ?? 0 }
  public var notAfter: Int64 { StringValue.seconds(ossl_X509_getm_notAfter(pointer)) ?? 0 }
  /// `sha256WithRSAEncryption`.
  public var signatureAlgorithm: String { ObjectName.long(ossl_X509_get_signature_nid(pointer)) }

  public func publicKey() throws(OpenSSLError) -> PublicKey {
    try Library.require()
    guard let key = ossl_X509_get_pubkey(pointer) else {
      throw Library.failure(.unreadable, "The certificate's public key cannot be read")
    }
    return PublicKey(owning: key)
  }

  public func extensions() throws(OpenSSLError) -> [CertificateExtension] {
    try Library.require()
    var extensions: [CertificateExtension] = []
    for index in 0..<max(0, ossl_X509_get_ext_count(pointer)) {
      if let item = ossl_X509_get_ext(pointer, index) { extensions.append(try CertificateExtension(item)) }
    }
    return extensions
  }

  /// Empty where it has none.
  public func alternativeNames() throws(OpenSSLError) -> [AlternativeName] {
    try extensions().first { $0.name == "subjectAltName" }?.alternativeNames ?? []
  }

  /// Digest of the whole certificate, `AB:CD:…`, as openssl and browsers show it.
  public func fingerprint(_ algorithm: DigestAlgorithm = .sha256) -> String {
    Hexadecimal.colons(algorithm.digest(of: der))
  }

  /// Whether the key made the signature. Names and times are not looked at.
  public func isSigned(by key: KeyHandle) -> Bool {
    let isValid = ossl_X509_verify(pointer, key.pointer) == 1
    ossl_ERR_clear_error()
    return isValid
  }
}
