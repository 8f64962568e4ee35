import COpenSSL

/// A request for a certificate (PKCS #10). It is not changed once it is there, so threads may share it.
public final class CertificateRequest: @unchecked Sendable {
  let pointer: OpaquePointer
  /// The whole request.
  public let der: [UInt8]

  /// - Throws: `OpenSSLError` with `unreadable` for bytes that are not one request.
  public init(der: [UInt8]) throws(OpenSSLError) {
    try Library.require()
    guard der.count <= Certificate.sizeLimit,
      let request = Library.decode(der, { ossl_d2i_X509_REQ(nil, $0, $1) })
    else { throw Library.failure(.unreadable, "This is not a readable certificate request") }
    pointer = request.object
    self.der = der
    guard request.isWhole else { throw OpenSSLError(.unreadable, "There are bytes after the certificate request") }
  }

  /// Makes and signs one.
  public init(
    subject: DistinguishedName, extensions: [ExtensionSetting], key: PrivateKey, digest: String = "SHA256"
  ) throws(OpenSSLError) {
    try Library.require()
    guard let pointer = ossl_X509_REQ_new() else { throw Library.failure(.failed, "No memory for OpenSSL") }
    do {
      try Self.fill(pointer, subject, extensions, key, digest)
      der = try Library.encode("The request cannot be written") { ossl_i2d_X509_REQ(pointer, $0) }
    } catch {
      ossl_X509_REQ_free(pointer)
      throw error
    }
    self.pointer = pointer
  }

  deinit { ossl_X509_REQ_free(pointer) }

  public var pem: String { PEMBlock(label: "CERTIFICATE REQUEST", der: der).text }
  public var subject: DistinguishedName { DistinguishedName(ossl_X509_REQ_get_subject_name(pointer)) }
  public func subjectDER() throws(OpenSSLError) -> [UInt8] {
    try DistinguishedName.der(ossl_X509_REQ_get_subject_name(pointer))
  }
  public var signatureAlgorithm: String { ObjectName.long(ossl_X509_REQ_get_signature_nid(pointer)) }

  public func publicKey() throws(OpenSSLError) -> PublicKey {
    try Library.require()
    guard let key = ossl_X509_REQ_get_pubkey(pointer) else {
      throw Library.failure(.unreadable, "The request's public key cannot be read")
    }
    return PublicKey(owning: key)
  }

  public func extensions() throws(OpenSSLError) -> [CertificateExtension] {
    try Library.require()
    guard let stack = ossl_X509_REQ_get_extensions(pointer) else { return [] }
    defer { brine_free_extensions(stack) }
    var extensions: [CertificateExtension] = []
    for index in 0..<max(0, ossl_OPENSSL_sk_num(stack)) {
      guard let item = ossl_OPENSSL_sk_value(stack, index) else { continue }
      extensions.append(try CertificateExtension(OpaquePointer(item)))
    }
    return extensions
  }

  /// Whether it was signed with the key that it is for.
  public func isSigned() throws(OpenSSLError) -> Bool {
    let key = try publicKey()
    defer { ossl_ERR_clear_error() }
    return ossl_X509_REQ_verify(pointer, key.pointer) == 1
  }

  private static func fill(
    _ pointer: OpaquePointer, _ subject: DistinguishedName, _ extensions: [ExtensionSetting], _ key: PrivateKey,
    _ digest: String
  ) throws(OpenSSLError) {
    try Library.require(ossl_X509_REQ_set_version(pointer, 0) == 1, "No request could be made")
    try subject.withPointer { name throws(OpenSSLError) in
      try Library.require(ossl_X509_REQ_set_subject_name(pointer, name) == 1, "The subject cannot be set")
    }
    try Library.require(ossl_X509_REQ_set_pubkey(pointer, key.pointer) == 1, "The public key cannot be set")
    if !extensions.isEmpty {
      guard let stack = ossl_OPENSSL_sk_new_null() else { throw Library.failure(.failed, "No memory for OpenSSL") }
      defer { brine_free_extensions(stack) }
      for setting in extensions {
        guard let made = brine_make_extension(nil, nil, pointer, nil, setting.name, setting.value) else {
          throw Library.failure(.failed, "'\(setting.value)' is no value of the extension \(setting.name)")
        }
        guard ossl_OPENSSL_sk_push(stack, UnsafeRawPointer(made)) > 0 else {
          ossl_X509_EXTENSION_free(made)
          throw Library.failure(.failed, "No memory for OpenSSL")
        }
      }
      try Library.require(ossl_X509_REQ_add_extensions(pointer, stack) == 1, "The extensions cannot be added")
    }
    try Library.require(
      ossl_X509_REQ_sign(pointer, key.pointer, try key.digest(digest)) > 0, "The request cannot be signed")
  }
}
