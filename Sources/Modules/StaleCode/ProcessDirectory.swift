import Glibc
import HostSystem

/// One process's directory in `/proc`, opened once: whatever is read through it is of this process, even when its id
/// is given to another one meanwhile.
struct ProcessDirectory: ~Copyable {
  private let descriptor: Int32
  let id: Int

  /// Nil when the process is gone.
  init?(_ id: Int, files: HostFiles) {
    descriptor = open(files.resolve("/proc/\(id)"), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    self.id = id
    guard descriptor >= 0 else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// What could be read; nil when the process is gone meanwhile.
  ///
  /// - Throws: `HostError` when it may not be read, or is larger than `limit` bytes.
  func read(_ name: String, limit: Int) throws(HostError) -> [UInt8]? {
    let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return try gone(name) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return try gone(name) }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else {
        throw HostError(.tooLarge, "cannot read /proc/\(id)/\(name): it has more than \(limit) bytes")
      }
    }
  }

  func text(_ name: String) -> String {
    String(decoding: ((try? read(name, limit: 1 << 16)) ?? nil) ?? [], as: UTF8.self)
  }

  /// The text of a link, which is not followed.
  func link(_ name: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlinkat(descriptor, name, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }

  private func gone(_ name: String) throws(HostError) -> [UInt8]? {
    let code = errno
    guard code != ESRCH, code != ENOENT else { return nil }
    throw HostError(errno: code, "read", "/proc/\(id)/\(name)")
  }
}
