import COpenSSL
public import Value

/// A key pair. It prints as `***`.
public final class PrivateKey: KeyHandle, @unchecked Sendable, CustomStringConvertible, CustomReflectable {
  /// A larger file is no key.
  public static let sizeLimit = 1 << 16

  /// A new one.
  public static func generate(_ kind: KeyKind) throws(OpenSSLError) -> PrivateKey {
    try Library.require()
    let (number, settings): (Int32, [(String, String)]) =
      switch kind {
      case .rsa(let bits): (6, [("rsa_keygen_bits", String(bits))])
      case .ec(let curve): (408, [("ec_paramgen_curve", curve.rawValue), ("ec_param_enc", "named_curve")])
      case .ed25519: (1087, [])
      case .ed448: (1088, [])
      }
    guard let context = ossl_EVP_PKEY_CTX_new_id(number, nil) else {
      throw Library.failure(.failed, "The host's OpenSSL makes no such keys")
    }
    defer { ossl_EVP_PKEY_CTX_free(context) }
    try Library.require(ossl_EVP_PKEY_keygen_init(context) == 1, "No key could be made")
    for (name, value) in settings {
      try Library.require(ossl_EVP_PKEY_CTX_ctrl_str(context, name, value) == 1, "No key with \(value) could be made")
    }
    var key: OpaquePointer?
    guard ossl_EVP_PKEY_keygen(context, &key) == 1, let key else {
      throw Library.failure(.failed, "No key could be made")
    }
    return PrivateKey(owning: key)
  }

  /// PEM (PKCS #8, PKCS #1, SEC 1; encrypted or not) or DER without encryption.
  ///
  /// - Throws: `OpenSSLError` with `unreadable`, also for a wrong passphrase. The message never holds any of the key.
  public convenience init(_ text: Secret, passphrase: Secret? = nil) throws(OpenSSLError) {
    try Library.require()
    guard text.count <= Self.sizeLimit else {
      throw OpenSSLError(.unreadable, "A private key has at most \(Self.sizeLimit) bytes")
    }
    let pointer = try text.withBytes { bytes throws(OpenSSLError) in
      PEMBlock.isPEM(bytes) ? try Self.readPEM(bytes, passphrase) : Self.readDER(bytes)
    }
    guard let pointer else {
      throw Library.failure(
        .unreadable,
        passphrase == nil
          ? "This is not a private key that can be read without a passphrase"
          : "This is not a private key that this passphrase opens")
    }
    self.init(owning: pointer)
  }

  private static func readPEM(_ bytes: [UInt8], _ passphrase: Secret?) throws(OpenSSLError) -> OpaquePointer? {
    let buffer = try MemoryBuffer.holding(bytes)
    return withText(passphrase) {
      ossl_PEM_read_bio_PrivateKey(buffer.pointer, nil, brine_take_passphrase, $0)
    }
  }

  private static func readDER(_ bytes: [UInt8]) -> OpaquePointer? {
    Library.decode(bytes) { ossl_d2i_AutoPrivateKey(nil, $0, $1) }?.object
  }

  /// PKCS #8 as PEM, encrypted with AES-256 when a passphrase is given.
  public func pem(passphrase: Secret? = nil) throws(OpenSSLError) -> Secret {
    try Library.require()
    let buffer = try MemoryBuffer()
    let cipher = passphrase == nil ? nil : ossl_EVP_get_cipherbyname("AES-256-CBC")
    let status = Self.withText(passphrase) {
      ossl_PEM_write_bio_PKCS8PrivateKey(buffer.pointer, pointer, cipher, nil, 0, brine_take_passphrase, $0)
    }
    try Library.require(status == 1, "The private key cannot be written")
    return Secret(buffer.read())
  }

  /// PKCS #8 as DER, not encrypted.
  public func der() throws(OpenSSLError) -> Secret {
    try Library.require()
    let buffer = try MemoryBuffer()
    try Library.require(
      ossl_i2d_PKCS8PrivateKeyInfo_bio(buffer.pointer, pointer) == 1, "The private key cannot be written")
    return Secret(buffer.read())
  }

  public func publicKey() throws(OpenSSLError) -> PublicKey { try PublicKey(publicDER()) }

  public var description: String { "***" }
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }

  /// The passphrase as C text for as long as the closure runs.
  private static func withText<Result>(_ passphrase: Secret?, _ body: (UnsafeMutableRawPointer?) -> Result) -> Result {
    guard let passphrase else { return body(nil) }
    return passphrase.withBytes { bytes in
      var text = bytes + [0]
      defer { text.withUnsafeMutableBytes { _ = $0.initializeMemory(as: UInt8.self, repeating: 0) } }
      return text.withUnsafeMutableBytes { body($0.baseAddress) }
    }
  }
}
