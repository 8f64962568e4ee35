import Glibc
import HostSystem
import Value

/// Owners, modes, times, links and sizes.
extension HostFiles {
  /// Follows a link, but not one that some other user has laid.
  func setMode(_ path: String, _ mode: UInt32) throws(HostError) {
    try setAttributes(try writeTarget(path), below: nil, uid: nil, gid: nil, mode: mode)
  }

  /// Nil leaves that half as it is. A link that some other user has laid is not followed.
  func setOwner(_ path: String, uid: UInt32?, gid: UInt32?, followingLinks: Bool) throws(HostError) {
    let target = followingLinks ? try writeTarget(path) : path
    guard lchown(resolve(target), uid ?? .max, gid ?? .max) == 0 else {
      throw HostError(errno: errno, "set the owner of", path)
    }
  }

  /// Sets the times, makes the file when it is missing; nil means now. A link that some other user has laid is not
  /// followed.
  func touch(_ path: String, accessTime: Int?, modificationTime: Int?) throws(HostError) {
    let isLink = try isOwnLink(path)
    if !exists(path) {
      let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (isLink ? 0 : O_NOFOLLOW)
      let descriptor = open(resolve(path), flags, 0o644)
      guard descriptor >= 0 else { throw HostError(errno: errno, "make", path) }
      close(descriptor)
    }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let times = [accessTime, modificationTime].map { $0.map { timespec(tv_sec: $0, tv_nsec: 0) } ?? now }
    guard utimensat(AT_FDCWD, resolve(path), times, 0) == 0 else {
      throw HostError(errno: errno, "set the times of", path)
    }
  }

  func makeSymbolicLink(_ path: String, to target: String) throws(HostError) {
    guard symlink(target, resolve(path)) == 0 else { throw HostError(errno: errno, "make the link", path) }
  }

  func makeHardLink(_ path: String, to target: String) throws(HostError) {
    guard link(resolve(target), resolve(path)) == 0 else { throw HostError(errno: errno, "make the hard link", path) }
  }

  func makeOneDirectory(_ path: String, mode: UInt32) throws(HostError) {
    guard mkdir(resolve(path), mode) == 0 else { throw HostError(errno: errno, "make the directory", path) }
  }

  func removeEmptyDirectory(_ path: String) throws(HostError) {
    guard rmdir(resolve(path)) == 0 else { throw HostError(errno: errno, "remove the directory", path) }
  }

  func setSize(_ path: String, _ size: Int) throws(HostError) {
    guard truncate(resolve(path), size) == 0 else { throw HostError(errno: errno, "set the size of", path) }
  }

  func fileSystem(of path: String) throws(HostError) -> statvfs {
    var buffer = statvfs()
    guard statvfs(resolve(path), &buffer) == 0 else {
      throw HostError(errno: errno, "look at the file system of", path)
    }
    return buffer
  }

  func isAccessible(_ path: String, _ mode: Int32) -> Bool { access(resolve(path), mode) == 0 }

  /// The path with all links followed, as seen below the root; nil when it does not exist.
  func realPath(_ path: String) -> String? {
    guard let real = Self.realPath(raw: resolve(path)) else { return nil }
    guard !root.isEmpty, let realRoot = Self.realPath(raw: root), real.hasPrefix(realRoot) else { return real }
    let rest = String(real.dropFirst(realRoot.count))
    return rest.isEmpty ? "/" : rest
  }

  private static func realPath(raw path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// Where a write to the path goes: a link is followed, but not one that some other user has laid.
  func writeTarget(_ path: String) throws(HostError) -> String {
    guard try isOwnLink(path) else { return path }
    guard let target = realPath(path) else {
      throw HostError(.notFound, "cannot write \(path): it is a link to what does not exist")
    }
    return target
  }

  /// Whether the path is a link, which may be followed.
  ///
  /// - Throws: `HostError` for a link of some other user.
  private func isOwnLink(_ path: String) throws(HostError) -> Bool {
    guard let status = status(path, followingLinks: false), status.kind == .link else { return false }
    guard status.uid == geteuid() || status.uid == 0 else {
      throw HostError(.invalid, "cannot write \(path): it is a link that belongs to the user \(status.uid)")
    }
    return true
  }

  /// Bytes from an offset on; fewer at the end of the file.
  func read(_ path: String, offset: Int, count: Int) throws(HostError) -> [UInt8] {
    let descriptor = open(resolve(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw HostError(errno: errno, "read", path) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: count)
    var length = 0
    while length < count {
      let step = buffer.withUnsafeMutableBytes { bytes in
        pread(descriptor, bytes.baseAddress.map { $0 + length }, bytes.count - length, offset + length)
      }
      if step < 0, errno == EINTR { continue }
      guard step >= 0 else { throw HostError(errno: errno, "read", path) }
      if step == 0 { break }
      length += step
    }
    return Array(buffer[..<length])
  }

  /// Whether the bytes stand somewhere in the file, however large it is.
  func contains(_ path: String, _ needle: [UInt8]) throws(HostError) -> Bool {
    let descriptor = open(resolve(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw HostError(errno: errno, "read", path) }
    defer { close(descriptor) }
    guard !needle.isEmpty else { return true }
    var window: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw HostError(errno: errno, "read", path) }
      if count == 0 { return false }
      window.append(contentsOf: chunk[..<count])
      if ByteSearch.firstIndex(of: needle, in: window) != nil { return true }
      // The end of one piece may hold the beginning of what is looked for.
      window.removeFirst(max(0, window.count - needle.count + 1))
    }
  }
}
