import Glibc
import Hashing
import HostSystem
import Wire

/// A regular file, open to be read.
struct OpenFile: ~Copyable {
  let identity: FileIdentity
  /// Permission bits.
  let mode: UInt32
  private let descriptor: Int32

  private init(_ descriptor: Int32, _ status: stat) {
    self.descriptor = descriptor
    identity = FileIdentity(status)
    mode = status.st_mode & 0o7777
  }

  /// Opens what a handle (`O_PATH`) stands for; nil when it is no regular file or may not be read.
  static func open(handle: Int32) -> OpenFile? {
    var status = stat()
    guard fstat(handle, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let descriptor = Glibc.open("/proc/self/fd/\(handle)", O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    return OpenFile(descriptor, status)
  }

  deinit { close(descriptor) }

  /// Whether it is still as it was when it was opened.
  var isUnchanged: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && FileIdentity(status) == identity
  }

  /// Bytes from an offset, fewer at the end.
  func read(at offset: Int64, count: Int) throws(HostError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset) + filled)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        guard got > 0 else { return }
        filled += got
      }
    }
    guard failure == 0 else { throw HostError(errno: failure, "read", "a file of the file server") }
    return bytes
  }

  /// The digest of all of it.
  func digest() throws(HostError) -> FileDigest? {
    var hash = DigestStream(.sha256)
    var offset: Int64 = 0
    while true {
      let bytes = try read(at: offset, count: 1 << 20)
      guard !bytes.isEmpty else { return FileDigest(bytes: hash.finish()) }
      hash.update(bytes)
      offset += Int64(bytes.count)
    }
  }
}
