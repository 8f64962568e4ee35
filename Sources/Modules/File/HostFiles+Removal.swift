import Glibc
import HostSystem

extension HostFiles {
  /// Removes a file, a link or a whole directory. Each step down is taken by descriptor and never through a link, so
  /// who owns a part of the tree cannot lead the removal out of it by exchanging a directory for a link meanwhile.
  ///
  /// - Parameter top: a directory above the path; below it no link is followed on the way to the path either.
  func removeAll(_ path: String, below top: String? = nil) throws(HostError) {
    guard let top, let slash = path.lastIndex(of: "/"), path.hasPrefix(top) else {
      return try Self.remove(resolve(path), in: AT_FDCWD, path)
    }
    let parent = String(path[..<slash])
    // Where it begins a link is followed, as by whoever found the path.
    let directory =
      parent == top ? open(resolve(top), Self.directoryFlags & ~O_NOFOLLOW) : try descriptor(of: parent, below: top)
    guard directory >= 0 else { throw HostError(errno: errno, "open", top) }
    defer { close(directory) }
    try Self.remove(String(path[path.index(after: slash)...]), in: directory, path)
  }

  private static func remove(_ name: String, in directory: Int32, _ path: String) throws(HostError) {
    if unlinkat(directory, name, 0) == 0 { return }
    guard errno == EISDIR || errno == EPERM else { throw HostError(errno: errno, "remove", path) }
    let number = errno
    let inner = openat(directory, name, directoryFlags)
    guard inner >= 0 else { throw HostError(errno: errno == ENOTDIR ? number : errno, "remove", path) }
    try empty(inner, path, depth: 0)
    guard unlinkat(directory, name, AT_REMOVEDIR) == 0 else { throw HostError(errno: errno, "remove", path) }
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
