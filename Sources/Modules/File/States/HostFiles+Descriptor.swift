import Glibc
import HostSystem

/// Changes by descriptor: what was looked at is what is changed, whatever is exchanged for a link meanwhile.
extension HostFiles {
  /// `O_PATH`: names a file without opening it.
  private static let nameOnly: Int32 = 0o10_000_000
  /// `AT_EMPTY_PATH`: the descriptor itself is meant.
  private static let itself: Int32 = 0x1000

  /// Sets owner and mode of what a path names, of a link itself and never of what it leads to.
  ///
  /// - Parameter top: a directory above the path; below it no link is followed on the way either.
  func setAttributes(
    _ path: String, below top: String?, uid: UInt32?, gid: UInt32?, mode: UInt32?
  ) throws(HostError) {
    let descriptor = try descriptor(of: path, below: top)
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw HostError(errno: errno, "look at", path) }
    if uid != nil || gid != nil {
      guard fchownat(descriptor, "", uid ?? .max, gid ?? .max, Self.itself) == 0 else {
        throw HostError(errno: errno, "set the owner of", path)
      }
    }
    guard status.st_mode & S_IFMT != S_IFLNK else { return }
    // A change of owner takes setuid and setgid away; they are put back unless another mode is wanted.
    let old = status.st_mode & 0o7777
    guard uid != nil || gid != nil || (mode ?? old) != old else { return }
    guard chmod("/proc/self/fd/\(descriptor)", mode ?? old) == 0 else {
      throw HostError(errno: errno, "set the mode of", path)
    }
  }

  /// A handle on what a path names, of a link itself; the caller closes it.
  func descriptor(of path: String, below top: String?) throws(HostError) -> Int32 {
    guard let top, path.hasPrefix(top), path != top else {
      let descriptor = open(resolve(path), Self.nameOnly | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { throw HostError(errno: errno, "look at", path) }
      return descriptor
    }
    var current = open(resolve(top), Self.nameOnly | O_DIRECTORY | O_CLOEXEC)
    guard current >= 0 else { throw HostError(errno: errno, "look at", top) }
    for part in path.dropFirst(top.count).split(separator: "/") {
      let next = openat(current, String(part), Self.nameOnly | O_NOFOLLOW | O_CLOEXEC)
      let number = errno
      close(current)
      guard next >= 0 else { throw HostError(errno: number, "look at", path) }
      current = next
    }
    return current
  }
}
