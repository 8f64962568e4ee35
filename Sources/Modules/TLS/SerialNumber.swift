/// Serial numbers of certificates.
enum SerialNumber {
  /// 20 random bytes that are a positive number (RFC 5280).
  static func random() throws(RandomnessError) -> [UInt8] {
    var bytes = try KernelRandom.bytes(20)
    bytes[0] = bytes[0] & 0x3F | 0x40
    return bytes
  }
}
