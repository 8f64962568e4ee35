import COpenSSL
import Hashing

/// A key of OpenSSL, private or public. It is not changed once it is there, so threads may share it.
public class KeyHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(owning pointer: OpaquePointer) { self.pointer = pointer }
  deinit { ossl_EVP_PKEY_free(pointer) }

  /// Size of the key: the modulus of RSA, the field of a curve.
  public var bits: Int { Int(ossl_EVP_PKEY_get_bits(pointer)) }

  /// `rsa`, `ec`, `ed25519`, `ed448`, or OpenSSL's short name of another.
  public var algorithm: String {
    switch ossl_EVP_PKEY_get_id(pointer) {
    case 6: "rsa"
    case 408: "ec"
    case 1087: "ed25519"
    case 1088: "ed448"
    case let number: ossl_OBJ_nid2sn(number).map { String(cString: $0) } ?? "unknown"
    }
  }

  /// What the key says is signed as it is; the others sign a digest.
  var signsDigests: Bool { !["ed25519", "ed448"].contains(algorithm) }

  /// Whether the public halves are the same.
  public func isSamePair(as other: KeyHandle) -> Bool {
    let isSame = ossl_EVP_PKEY_eq(pointer, other.pointer) == 1
    ossl_ERR_clear_error()
    return isSame
  }

  /// SubjectPublicKeyInfo (RFC 5280).
  public func publicDER() throws(OpenSSLError) -> [UInt8] {
    try Library.encode("The public key cannot be written") { ossl_i2d_PUBKEY(pointer, $0) }
  }

  /// The SHA-1 of the public key's bits, as subjectKeyIdentifier has it (RFC 5280 §4.2.1.2).
  public func identifier() throws(OpenSSLError) -> [UInt8] {
    // SEQUENCE { SEQUENCE algorithm, BIT STRING key }; the bit string begins with the number of its unused bits.
    var rest = try publicDER()[...]
    guard Self.element(&rest) != nil, Self.element(&rest, skips: true) != nil, let bits = Self.element(&rest) else {
      throw OpenSSLError(.failed, "The public key cannot be written")
    }
    return DigestAlgorithm.sha1.digest(of: Array(bits.dropFirst()))
  }

  /// The content of the DER element that comes next; afterwards `rest` is that content, or what follows it.
  private static func element(_ rest: inout ArraySlice<UInt8>, skips: Bool = false) -> ArraySlice<UInt8>? {
    guard rest.count >= 2 else { return nil }
    var length = Int(rest[rest.startIndex + 1])
    var header = 2
    if length >= 0x80 {
      let digits = length & 0x7F
      guard digits <= 4, rest.count >= 2 + digits else { return nil }
      length = rest[(rest.startIndex + 2)..<(rest.startIndex + 2 + digits)].reduce(0) { $0 << 8 | Int($1) }
      header += digits
    }
    guard rest.count >= header + length else { return nil }
    let content = rest.dropFirst(header).prefix(length)
    rest = skips ? rest.dropFirst(header + length) : content
    return content
  }

  public func publicPEM() throws(OpenSSLError) -> String {
    let buffer = try MemoryBuffer()
    try Library.require(ossl_PEM_write_bio_PUBKEY(buffer.pointer, pointer) == 1, "The public key cannot be written")
    return String(decoding: buffer.read(), as: UTF8.self)
  }

  /// The digest for signatures with this key; nil where the kind of key fixes it.
  func digest(_ name: String) throws(OpenSSLError) -> OpaquePointer? {
    guard signsDigests else { return nil }
    guard let digest = ossl_EVP_get_digestbyname(name) else {
      throw Library.failure(.failed, "The host's OpenSSL has no digest '\(name)'")
    }
    return digest
  }
}
