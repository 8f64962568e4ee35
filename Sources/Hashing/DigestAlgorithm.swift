/// The message digests that this project makes: libmd's, which is linked with the transport anyway.
///
/// MD5 and SHA-1 are for what others made with them. Nothing here that must withstand an attacker uses them.
public enum DigestAlgorithm: String, CaseIterable, Sendable {
  case md5, sha1, sha256, sha384, sha512

  /// Length of a digest in bytes.
  public var length: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// The digest of bytes that are all there; `DigestStream` takes them in pieces.
  public func digest(of bytes: [UInt8]) -> [UInt8] {
    var stream = DigestStream(self)
    stream.update(bytes)
    return stream.finish()
  }

  /// The digest in lower-case hexadecimal digits.
  public func hexadecimal(of bytes: [UInt8]) -> String { Hexadecimal.text(digest(of: bytes)) }
}
