import Hashing

extension DigestAlgorithm {
  /// Bytes that the algorithm takes in at once.
  private var blockLength: Int {
    switch self {
    case .md5, .sha1, .sha256: 64
    case .sha384, .sha512: 128
    }
  }

  /// The keyed digest (HMAC, RFC 2104).
  func authenticationCode(of bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    var key = key.count > blockLength ? digest(of: key) : key
    key += [UInt8](repeating: 0, count: blockLength - key.count)
    return digest(of: key.map { $0 ^ 0x5C } + digest(of: key.map { $0 ^ 0x36 } + bytes))
  }
}
