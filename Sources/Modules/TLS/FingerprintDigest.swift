import Crypto

/// The digests a fingerprint can be made with.
enum FingerprintDigest: String, CaseIterable {
  case sha256, sha384, sha512, sha1, md5

  func fingerprint(_ der: [UInt8]) -> String {
    switch self {
    case .sha256: HexText.colons(SHA256.hash(data: der))
    case .sha384: HexText.colons(SHA384.hash(data: der))
    case .sha512: HexText.colons(SHA512.hash(data: der))
    case .sha1: HexText.colons(Insecure.SHA1.hash(data: der))
    case .md5: HexText.colons(Insecure.MD5.hash(data: der))
    }
  }
}
