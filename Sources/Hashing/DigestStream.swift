import CMessageDigest

/// A digest of bytes that come in pieces.
public struct DigestStream: Sendable {
  private enum Context: Sendable {
    case md5(MD5_CTX)
    case sha1(SHA1_CTX)
    case sha2(SHA2_CTX)
  }

  private let algorithm: DigestAlgorithm
  private var context: Context

  public init(_ algorithm: DigestAlgorithm) {
    self.algorithm = algorithm
    switch algorithm {
    case .md5:
      var fresh = MD5_CTX()
      MD5Init(&fresh)
      context = .md5(fresh)
    case .sha1:
      var fresh = SHA1_CTX()
      SHA1Init(&fresh)
      context = .sha1(fresh)
    case .sha256, .sha384, .sha512:
      var fresh = SHA2_CTX()
      switch algorithm {
      case .sha384: SHA384Init(&fresh)
      case .sha512: SHA512Init(&fresh)
      default: SHA256Init(&fresh)
      }
      context = .sha2(fresh)
    }
  }

  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }
  public mutating func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { update($0) } }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.bindMemory(to: UInt8.self).baseAddress, !bytes.isEmpty else { return }
    switch context {
    case .md5(var state):
      MD5Update(&state, base, bytes.count)
      context = .md5(state)
    case .sha1(var state):
      SHA1Update(&state, base, bytes.count)
      context = .sha1(state)
    case .sha2(var state):
      if algorithm == .sha256 {
        brine_sha256_update(&state, base, bytes.count)
      } else {
        SHA512Update(&state, base, bytes.count)
      }
      context = .sha2(state)
    }
  }

  /// The digest of all that was taken in. The stream itself stays as it is, so more can follow.
  public func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: algorithm.length)
    switch context {
    case .md5(var state): MD5Final(&digest, &state)
    case .sha1(var state): SHA1Final(&digest, &state)
    case .sha2(var state):
      switch algorithm {
      case .sha384: SHA384Final(&digest, &state)
      case .sha512: SHA512Final(&digest, &state)
      default: SHA256Final(&digest, &state)
      }
    }
    return digest
  }

  /// The same in lower-case hexadecimal digits.
  public func hexadecimal() -> String { Hexadecimal.text(finish()) }
}
