import Glibc

/// A lock on a directory for the program that keeps its state there: two of them would overwrite each other. The kernel
/// takes it back when the process ends, however that is; the programs that it starts do not have it.
public final class ProcessLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Parameters:
  ///   - path: the lock's file, made with mode 0600; it holds the id of the process that has the lock.
  ///   - what: who it is that runs already, for the message: "a master".
  /// - Throws: `HostError`: `exists` when another process has it.
  public init(_ path: String, for what: String, files: HostFiles = HostFiles()) throws(HostError) {
    let file = open(files.resolve(path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw HostError(errno: errno, "lock", path) }
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      let number = errno
      defer { close(file) }
      guard number == EWOULDBLOCK else { throw HostError(errno: number, "lock", path) }
      let holder = (try? HostFiles.drain(file, limit: 64, path: path)).map {
        String(decoding: $0, as: UTF8.self).trimmed()
      }
      let process = holder.map { $0.isEmpty ? "" : " (process \($0))" } ?? ""
      throw HostError(
        .exists,
        "\(what) with this state runs already\(process), as the lock on \(path) says: end it before, or give this one "
          + "another state_dir")
    }
    descriptor = file
    let text = Array("\(getpid())\n".utf8)
    // Only a hint for people: the lock holds without it, on a full disk too.
    if ftruncate(file, 0) == 0 { _ = write(file, text, text.count) }
  }

  deinit { close(descriptor) }
}
