import Hashing
import Wire

extension FileDigest {
  /// Of a whole content.
  init?(of content: [UInt8]) { self.init(bytes: DigestAlgorithm.sha256.digest(of: content)) }
}
