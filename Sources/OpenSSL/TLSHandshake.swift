import COpenSSL

/// One side of a TLS handshake without I/O: what came from the other side is put in, what is to be sent is taken out.
public final class TLSHandshake {
  public enum Progress: Sendable, Hashable {
    /// More has to come from the other side.
    case needsInput
    case finished
  }

  private let session: OpaquePointer
  private let isServer: Bool
  private let input: MemoryBuffer
  private let output: MemoryBuffer

  /// A client that looks at what is served: any version and algorithm that the host's OpenSSL still has, and no question
  /// who issued the certificate.
  public convenience init(serverName: String?) throws(OpenSSLError) {
    try Library.require()
    let context = try Self.context(ossl_TLS_client_method())
    defer { ossl_SSL_CTX_free(context) }
    ossl_SSL_CTX_set_security_level(context, 0)
    // SSL_CTRL_SET_MIN_PROTO_VERSION: TLS 1.0. Nothing is sent to the server, so a weak one does no harm.
    _ = ossl_SSL_CTX_ctrl(context, 123, 0x0301, nil)
    _ = ossl_SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0")
    ossl_ERR_clear_error()
    try self.init(context, isServer: false)
    guard let serverName else { return }
    var name = Array(serverName.utf8CString)
    // SSL_CTRL_SET_TLSEXT_HOSTNAME
    let status = name.withUnsafeMutableBytes { ossl_SSL_ctrl(session, 55, 0, $0.baseAddress) }
    try Library.require(status == 1, "'\(serverName)' is no name of a server")
  }

  /// A server with one certificate.
  public convenience init(certificate: Certificate, key: PrivateKey) throws(OpenSSLError) {
    try Library.require()
    let context = try Self.context(ossl_TLS_server_method())
    defer { ossl_SSL_CTX_free(context) }
    try Library.require(
      ossl_SSL_CTX_use_certificate(context, certificate.pointer) == 1
        && ossl_SSL_CTX_use_PrivateKey(context, key.pointer) == 1,
      "The certificate and its key cannot be used")
    try self.init(context, isServer: true)
  }

  private static func context(_ method: OpaquePointer?) throws(OpenSSLError) -> OpaquePointer {
    guard let method, let context = ossl_SSL_CTX_new(method) else { throw Library.failure(.failed, "No TLS is there") }
    return context
  }

  private init(_ context: OpaquePointer, isServer: Bool) throws(OpenSSLError) {
    input = try MemoryBuffer(isOwned: false)
    output = try MemoryBuffer(isOwned: false)
    guard let session = ossl_SSL_new(context) else { throw Library.failure(.failed, "No TLS session could be made") }
    ossl_SSL_set_bio(session, input.pointer, output.pointer)
    self.session = session
    self.isServer = isServer
  }

  deinit { ossl_SSL_free(session) }

  public func receive(_ bytes: [UInt8]) throws(OpenSSLError) {
    guard input.write(bytes) else { throw Library.failure(.failed, "No memory for OpenSSL") }
  }

  /// What is to be sent now.
  public func takeOutput() -> [UInt8] { output.read() }

  /// Goes on as far as it can.
  public func advance() throws(OpenSSLError) -> Progress {
    ossl_ERR_clear_error()
    let status = isServer ? ossl_SSL_accept(session) : ossl_SSL_connect(session)
    if status == 1 { return .finished }
    switch ossl_SSL_get_error(session, status) {
    // SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE
    case 2, 3: return .needsInput
    default: throw Library.failure(.failed, "The TLS handshake failed")
    }
  }

  /// The certificate that the other side presented.
  public func peerCertificate() throws(OpenSSLError) -> Certificate? {
    guard let certificate = ossl_SSL_get1_peer_certificate(session) else { return nil }
    return try Certificate(owning: certificate)
  }
}
