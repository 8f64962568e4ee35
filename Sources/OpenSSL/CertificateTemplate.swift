import COpenSSL

/// What a new certificate is to say.
public struct CertificateTemplate: Sendable {
  public var subject: DistinguishedName
  public var publicKey: KeyHandle
  /// The magnitude; at most 20 bytes (RFC 5280).
  public var serialNumber: [UInt8]
  /// Seconds since the epoch.
  public var notBefore: Int64
  public var notAfter: Int64
  public var extensions: [ExtensionSetting]
  /// OpenSSL's name of the digest; keys that fix theirs take no notice of it.
  public var digest: String

  public init(
    subject: DistinguishedName, publicKey: KeyHandle, serialNumber: [UInt8], notBefore: Int64, notAfter: Int64,
    extensions: [ExtensionSetting] = [], digest: String = "SHA256"
  ) {
    self.subject = subject
    self.publicKey = publicKey
    self.serialNumber = serialNumber
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.extensions = extensions
    self.digest = digest
  }

  /// Signs it; without an authority it is its own issuer.
  public func signed(with key: PrivateKey, authority: Certificate? = nil) throws(OpenSSLError) -> Certificate {
    try Library.require()
    guard let pointer = ossl_X509_new() else { throw Library.failure(.failed, "No memory for OpenSSL") }
    do { try fill(pointer, key, authority) } catch {
      ossl_X509_free(pointer)
      throw error
    }
    return try Certificate(owning: pointer)
  }

  private func fill(_ pointer: OpaquePointer, _ key: PrivateKey, _ authority: Certificate?) throws(OpenSSLError) {
    try Library.require(ossl_X509_set_version(pointer, 2) == 1, "No certificate could be made")
    try Library.require(
      ossl_ASN1_STRING_set(ossl_X509_get_serialNumber(pointer), serialNumber, Int32(serialNumber.count)) == 1,
      "The serial number cannot be set")
    try subject.withPointer { name throws(OpenSSLError) in
      try Library.require(ossl_X509_set_subject_name(pointer, name) == 1, "The subject cannot be set")
    }
    let issuer = authority.map { ossl_X509_get_subject_name($0.pointer) } ?? ossl_X509_get_subject_name(pointer)
    try Library.require(ossl_X509_set_issuer_name(pointer, issuer) == 1, "The issuer cannot be set")
    try Library.require(
      ossl_ASN1_TIME_set(ossl_X509_getm_notBefore(pointer), time_t(notBefore)) != nil
        && ossl_ASN1_TIME_set(ossl_X509_getm_notAfter(pointer), time_t(notAfter)) != nil,
      "The validity cannot be set")
    try Library.require(ossl_X509_set_pubkey(pointer, publicKey.pointer) == 1, "The public key cannot be set")
    for setting in extensions {
      let made = brine_make_extension(authority?.pointer ?? pointer, pointer, nil, nil, setting.name, setting.value)
      guard let made else {
        throw Library.failure(.failed, "'\(setting.value)' is no value of the extension \(setting.name)")
      }
      defer { ossl_X509_EXTENSION_free(made) }
      try Library.require(ossl_X509_add_ext(pointer, made, -1) == 1, "The extension \(setting.name) cannot be added")
    }
    try Library.require(
      ossl_X509_sign(pointer, key.pointer, try key.digest(digest)) > 0, "The certificate cannot be signed")
  }
}
