import Glibc
import Value

/// New passwords: random letters and digits without those that are read or typed wrongly (0 O 1 l I o).
enum UnambiguousPassword {
  static let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789".utf8)
  /// 24 characters of 56: 139 bits.
  static let defaultLength = 24
  static let lengths = 24...256

  /// - Throws: `RandomnessError` when the kernel gives no random bytes.
  static func generate(length: Int = defaultLength) throws(RandomnessError) -> Secret {
    // Bytes at or over the largest multiple of 56 are thrown away, or the first letters would come more often.
    let limit = UInt8(256 / alphabet.count * alphabet.count)
    var characters: [UInt8] = []
    while characters.count < length {
      for byte in try KernelRandom.bytes(64) where byte < limit && characters.count < length {
        characters.append(alphabet[Int(byte) % alphabet.count])
      }
    }
    return Secret(characters)
  }
}
