import Glibc

/// Random bytes straight from getrandom(2).
enum KernelRandom {
  static func bytes(_ count: Int) throws(RandomnessError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        getrandom(buffer.baseAddress.map { $0 + filled }, count - filled, 0)
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw RandomnessError(number: errno) }
      filled += got
    }
    return bytes
  }
}
