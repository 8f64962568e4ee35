import COpenSSL

/// The public half of a key pair.
public final class PublicKey: KeyHandle, @unchecked Sendable {
  /// A PEM of SubjectPublicKeyInfo (`PUBLIC KEY`), or its DER.
  public convenience init(_ bytes: [UInt8]) throws(OpenSSLError) {
    try Library.require()
    if PEMBlock.isPEM(bytes) {
      let buffer = try MemoryBuffer.holding(bytes)
      guard let key = ossl_PEM_read_bio_PUBKEY(buffer.pointer, nil, brine_take_passphrase, nil) else {
        throw Library.failure(.unreadable, "This is not a readable public key")
      }
      self.init(owning: key)
    } else {
      guard let key = Library.decode(bytes, { ossl_d2i_PUBKEY(nil, $0, $1) }) else {
        throw Library.failure(.unreadable, "This is not a readable public key")
      }
      self.init(owning: key.object)
    }
  }
}
