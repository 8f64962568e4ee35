import COpenSSL

/// OpenSSL's buffer in memory: what it writes is read here, and the other way round.
struct MemoryBuffer: ~Copyable {
  let pointer: OpaquePointer
  /// A TLS session frees the buffers that it was given.
  private let isOwned: Bool

  init(isOwned: Bool = true) throws(OpenSSLError) {
    guard let pointer = ossl_BIO_new(ossl_BIO_s_mem()) else { throw Library.failure(.failed, "No memory for OpenSSL") }
    self.pointer = pointer
    self.isOwned = isOwned
  }

  /// With bytes for OpenSSL to read.
  static func holding(_ bytes: [UInt8]) throws(OpenSSLError) -> MemoryBuffer {
    let buffer = try MemoryBuffer()
    try Library.require(buffer.write(bytes), "No memory for OpenSSL")
    return buffer
  }

  deinit { if isOwned { ossl_BIO_free(pointer) } }

  borrowing func write(_ bytes: [UInt8]) -> Bool {
    guard !bytes.isEmpty else { return true }
    return ossl_BIO_write(pointer, bytes, Int32(clamping: bytes.count)) == Int32(clamping: bytes.count)
  }

  /// All that is in it.
  borrowing func read() -> [UInt8] {
    let pending = Int(ossl_BIO_ctrl(pointer, 10, 0, nil))
    guard pending > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: pending)
    let count = ossl_BIO_read(pointer, &bytes, Int32(clamping: pending))
    return count > 0 ? Array(bytes.prefix(Int(count))) : []
  }
}
