import CSodium

/// HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and ChaCha20-Poly1305, for one message,
/// from the primitives of libsodium.
///
/// Unsafe pointers of the target are in this file and its neighbours `KeyMaterial` and `KeyDerivation`.
enum HybridEncryption {
  static let keyLength = Int(crypto_scalarmult_BYTES)
  static let tagLength = Int(crypto_aead_chacha20poly1305_ietf_ABYTES)

  private static let encapsulation = KeyDerivation(suite: Array("KEM".utf8) + [0x00, 0x20])
  private static let schedule = KeyDerivation(suite: Array("HPKE".utf8) + [0x00, 0x20, 0x00, 0x01, 0x00, 0x03])
  /// libsodium chooses its code for this processor once; the transport asks for the same.
  private static let isReady = sodium_init() >= 0

  static func newPrivateKey() -> [UInt8] {
    _ = isReady
    var key = [UInt8](repeating: 0, count: keyLength)
    randombytes_buf(&key, key.count)
    return key
  }

  /// Nil where the bytes are no private key.
  static func publicKey(of privateKey: borrowing KeyMaterial) -> [UInt8]? {
    _ = isReady
    guard privateKey.count == keyLength else { return nil }
    var key = [UInt8](repeating: 0, count: keyLength)
    return crypto_scalarmult_base(&key, privateKey.pointer) == 0 ? key : nil
  }

  /// The encapsulated key and then the ciphertext with its tag; nil for a public key of low order, with which anybody
  /// could read it.
  ///
  /// - Parameter ephemeral: a private key that was never used before.
  static func seal(
    _ message: [UInt8], to publicKey: [UInt8], info: [UInt8], additional: [UInt8] = [],
    ephemeral: borrowing KeyMaterial
  ) -> [UInt8]? {
    guard publicKey.count == keyLength, let encapsulated = self.publicKey(of: ephemeral),
      let shared = sharedSecret(ephemeral, publicKey, encapsulated: encapsulated, recipient: publicKey)
    else { return nil }
    let key = messageKey(shared, info)
    let nonce = baseNonce(shared, info)
    var ciphertext = [UInt8](repeating: 0, count: message.count + tagLength)
    let status = crypto_aead_chacha20poly1305_ietf_encrypt(
      &ciphertext, nil, message, UInt64(message.count), additional, UInt64(additional.count), nil, nonce.pointer,
      key.pointer)
    return status == 0 ? encapsulated + ciphertext : nil
  }

  /// Nil when the message was sealed to another key or changed.
  static func open(
    _ sealed: [UInt8], with privateKey: borrowing KeyMaterial, info: [UInt8], additional: [UInt8] = []
  ) -> [UInt8]? {
    guard sealed.count >= keyLength + tagLength, let publicKey = publicKey(of: privateKey) else { return nil }
    let encapsulated = Array(sealed[..<keyLength])
    let ciphertext = Array(sealed[keyLength...])
    guard let shared = sharedSecret(privateKey, encapsulated, encapsulated: encapsulated, recipient: publicKey)
    else { return nil }
    let key = messageKey(shared, info)
    let nonce = baseNonce(shared, info)
    var message = [UInt8](repeating: 0, count: ciphertext.count - tagLength)
    let status = crypto_aead_chacha20poly1305_ietf_decrypt(
      &message, nil, nil, ciphertext, UInt64(ciphertext.count), additional, UInt64(additional.count), nonce.pointer,
      key.pointer)
    return status == 0 ? message : nil
  }

  private static func sharedSecret(
    _ privateKey: borrowing KeyMaterial, _ publicKey: [UInt8], encapsulated: [UInt8], recipient: [UInt8]
  ) -> KeyMaterial? {
    let point = KeyMaterial(count: keyLength)
    // It fails for points of low order: the result would be zero whoever computes it.
    guard crypto_scalarmult(point.pointer, privateKey.pointer, publicKey) == 0 else { return nil }
    let extracted = encapsulation.extract(salt: KeyMaterial(count: 0), "eae_prk", point)
    return encapsulation.expand(extracted, "shared_secret", encapsulated + recipient, length: keyLength)
  }

  private static func messageKey(_ shared: borrowing KeyMaterial, _ info: [UInt8]) -> KeyMaterial {
    schedule.expand(secret(shared), "key", context(info), length: Int(crypto_aead_chacha20poly1305_ietf_KEYBYTES))
  }

  private static func baseNonce(_ shared: borrowing KeyMaterial, _ info: [UInt8]) -> KeyMaterial {
    schedule.expand(
      secret(shared), "base_nonce", context(info), length: Int(crypto_aead_chacha20poly1305_ietf_NPUBBYTES))
  }

  private static func secret(_ shared: borrowing KeyMaterial) -> KeyMaterial {
    schedule.extract(salt: shared, "secret", KeyMaterial(count: 0))
  }

  /// `key_schedule_context`: base mode, no pre-shared key, the application's text.
  private static func context(_ info: [UInt8]) -> [UInt8] {
    let none = KeyMaterial(count: 0)
    let identity = schedule.extract(salt: none, "psk_id_hash", none)
    let purpose = schedule.extract(salt: none, "info_hash", KeyMaterial(info))
    return [0] + Array(identity.bytes) + Array(purpose.bytes)
  }
}
