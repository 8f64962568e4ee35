import Glibc

/// Random bytes straight from the kernel: getentropy(3), which is getrandom(2) without its short reads.
enum KernelRandom {
  /// - Parameter count: at most 256, the call's own limit.
  static func bytes(_ count: Int) throws(RandomnessError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard getentropy(&bytes, count) == 0 else { throw RandomnessError(number: errno) }
    return bytes
  }
}
