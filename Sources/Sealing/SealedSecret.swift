public import Value

/// A secret that only the holder of one private key can read: HPKE (RFC 9180) in base mode with X25519,
/// HKDF-SHA256 and ChaCha20-Poly1305.
///
/// The text is `brine-sealed1.` and then base64url of the encapsulated key (32 bytes) followed by the ciphertext. It is
/// safe to print, to store and to send; two seals of one secret differ.
public enum SealedSecret {
  /// What every text starts with; the digit is the version of the format.
  public static let prefix = "brine-sealed1."
  /// No secret of ours is larger; a longer text is refused before it is decoded.
  public static let maximumLength = 1 << 20

  private static let info = Array("brine secret v1".utf8)

  /// Seals a secret to a public key (raw, 32 bytes of X25519).
  ///
  /// - Throws: `SealingError` with `invalidKey` when the bytes are no such key.
  public static func seal(_ secret: Secret, to publicKey: [UInt8]) throws(SealingError) -> String {
    guard publicKey.count == HybridEncryption.keyLength else {
      throw SealingError(.invalidKey, "A sealing key is 32 bytes of X25519; this one has \(publicKey.count).")
    }
    let ephemeral = KeyMaterial(HybridEncryption.newPrivateKey())
    let sealed = secret.withBytes { HybridEncryption.seal($0, to: publicKey, info: info, ephemeral: ephemeral) }
    guard let sealed else {
      throw SealingError(.invalidKey, "Nothing can be sealed to this public key; it is not a usable X25519 key.")
    }
    return prefix + Base64URL.encode(sealed)
  }

  /// Reads a sealed text with the private key it was sealed to.
  ///
  /// - Throws: `SealingError`: `invalidText` when it is not a sealed text at all, `invalidKey` when the private key is
  ///   none, `refused` when the text was sealed to another key or was changed on the way (which of the two cannot be told).
  public static func open(_ text: String, privateKey: SealingKey) throws(SealingError) -> Secret {
    let bytes = try decode(text)
    let plain = privateKey.rawBytes.withBytes { HybridEncryption.open(bytes, with: KeyMaterial($0), info: info) }
    guard let plain else {
      throw SealingError(
        .refused, "This key does not open the secret: it was sealed to another key, or the text was changed.")
    }
    return Secret(plain)
  }

  /// The same for a private key's raw 32 bytes.
  public static func open(_ text: String, privateKey: Secret) throws(SealingError) -> Secret {
    try open(text, privateKey: SealingKey(privateKey))
  }

  private static func decode(_ text: String) throws(SealingError) -> [UInt8] {
    guard text.utf8.count <= maximumLength else {
      throw SealingError(.invalidText, "A sealed secret has at most \(maximumLength) characters.")
    }
    guard text.hasPrefix(prefix) else {
      throw SealingError(.invalidText, "This is not a sealed secret: it does not start with '\(prefix)'.")
    }
    guard let bytes = Base64URL.decode(text.utf8.dropFirst(prefix.utf8.count)) else {
      throw SealingError(
        .invalidText, "This sealed secret has characters that are not base64url; was it cut or wrapped?")
    }
    guard bytes.count >= HybridEncryption.keyLength + HybridEncryption.tagLength else {
      throw SealingError(.invalidText, "This sealed secret is cut short.")
    }
    return bytes
  }
}
