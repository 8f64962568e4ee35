import Glibc
import HostSystem

/// The bytes of the file system that a path is on. It may take long where that is a network's.
struct FileSystemSpace: Sendable {
  var total: UInt64
  var free: UInt64
  /// What users other than root may still write.
  var available: UInt64

  /// Nil when the file system does not answer.
  init?(_ path: String, _ files: HostFiles) {
    var buffer = statvfs()
    guard statvfs(files.resolve(path), &buffer) == 0 else { return nil }
    let block = UInt64(buffer.f_frsize != 0 ? buffer.f_frsize : buffer.f_bsize)
    total = UInt64(buffer.f_blocks) &* block
    free = UInt64(buffer.f_bfree) &* block
    available = UInt64(buffer.f_bavail) &* block
  }

  var used: UInt64 { total >= free ? total - free : 0 }

  /// Of what users may have, the part in use: what df(1) shows, to one place.
  var percent: Double {
    let usable = used + available
    return usable == 0 ? 0 : (Double(used) / Double(usable) * 1000).rounded() / 10
  }
}
