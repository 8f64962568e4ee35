import Glibc
import HostSystem

extension HostFiles {
  /// Removes a file, a link or a whole directory. Each step down is taken by descriptor and never through a link, so
  /// who owns a part of the tree cannot lead the removal out of it by exchanging a directory for a link meanwhile.
  func removeAll(_ path: String) throws(HostError) {
    if unlink(resolve(path)) == 0 { return }
    guard errno == EISDIR || errno == EPERM else { throw HostError(errno: errno, "remove", path) }
    let number = errno
    guard status(path, followingLinks: false)?.kind == .dir else { throw HostError(errno: number, "remove", path) }
    try Self.empty(openat(AT_FDCWD, resolve(path), Self.directoryFlags), path, depth: 0)
    guard rmdir(resolve(path)) == 0 else { throw HostError(errno: errno, "remove", path) }
  }

  private static let directoryFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

  /// Removes what is in an open directory; closes it.
  private static func empty(_ descriptor: Int32, _ path: String, depth: Int) throws(HostError) {
    guard descriptor >= 0 else { throw HostError(errno: errno, "open", path) }
    guard depth < 256, let directory = fdopendir(descriptor) else {
      let error =
        depth < 256 ? HostError(errno: errno, "open", path) : HostError(.tooLarge, "\(path) is nested too deeply")
      close(descriptor)
      throw error
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      // The name as bytes: it need not be UTF-8.
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) + [0] }.map(
        CChar.init(bitPattern:))
      let text = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      if text == "." || text == ".." { continue }
      let child = "\(path)/\(text)"
      if unlinkat(descriptor, name, 0) == 0 { continue }
      guard errno == EISDIR || errno == EPERM else { throw HostError(errno: errno, "remove", child) }
      try empty(openat(descriptor, name, directoryFlags), child, depth: depth + 1)
      guard unlinkat(descriptor, name, AT_REMOVEDIR) == 0 else { throw HostError(errno: errno, "remove", child) }
    }
  }
}
