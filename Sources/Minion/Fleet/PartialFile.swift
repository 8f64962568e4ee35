import CLinux
import Glibc
import Hashing
import HostSystem
import Wire

/// A large file of the master of which the beginning is here. Its lock is held as long as it is open: another process that
/// wants the same file waits.
struct PartialFile: ~Copyable {
  private let cache: FileCache
  private let digest: FileDigest
  private let path: String
  private let descriptor: Int32
  private var hash = DigestStream(.sha256)
  /// Bytes that are here.
  private(set) var count: Int64 = 0

  private init(_ cache: FileCache, _ digest: FileDigest, _ path: String, _ descriptor: Int32) {
    self.cache = cache
    self.digest = digest
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Opens or begins it; nil when another process has it.
  static func open(_ cache: FileCache, _ digest: FileDigest, size: Int64) throws -> PartialFile? {
    let path = cache.partialPath(digest)
    try HostFiles().makeDirectory("\(cache.directory)/partial", mode: 0o700)
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw HostError(errno: errno, "write", path) }
    var (own, named) = (stat(), stat())
    guard brine_lock_file(descriptor) == 0, fstat(descriptor, &own) == 0, lstat(path, &named) == 0,
      own.st_ino == named.st_ino, own.st_dev == named.st_dev
    else {
      // Locked, or finished and renamed since it was opened.
      close(descriptor)
      return nil
    }
    var file = PartialFile(cache, digest, path, descriptor)
    try file.takeUp(size)
    return file
  }

  /// Reads what is here already; more than the whole is none of it.
  private mutating func takeUp(_ size: Int64) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let got = pread(descriptor, &buffer, buffer.count, off_t(count))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw HostError(errno: errno, "read", path) }
      guard got > 0 else { break }
      hash.update(buffer[..<got])
      count += Int64(got)
    }
    if count > size { try startAnew() }
    guard lseek(descriptor, off_t(count), SEEK_SET) >= 0 else { throw HostError(errno: errno, "read", path) }
  }

  mutating func startAnew() throws {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw HostError(errno: errno, "write", path)
    }
    hash = DigestStream(.sha256)
    count = 0
  }

  mutating func append(_ bytes: [UInt8]) throws {
    try FileCache.write(bytes, to: descriptor, path)
    hash.update(bytes)
    count += Int64(bytes.count)
  }

  /// Makes it an object, when it is what it should be.
  ///
  /// - Returns: false when it is not; it is begun anew then.
  mutating func finish() throws -> Bool {
    guard FileDigest(bytes: hash.finish()) == digest else {
      try startAnew()
      return false
    }
    guard fsync(descriptor) == 0 else { throw HostError(errno: errno, "write", path) }
    try cache.finish(descriptor, path, digest)
    return true
  }

  /// The content is not there any more.
  func remove() { unlink(path) }
}
