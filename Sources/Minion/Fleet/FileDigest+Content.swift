import Crypto
import Wire

extension FileDigest {
  /// Of a whole content.
  init?(of content: [UInt8]) { self.init(bytes: SHA256.hash(data: content)) }
}
