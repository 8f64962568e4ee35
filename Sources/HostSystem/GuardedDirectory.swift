import Glibc

/// A directory that is held open, reached on a way that no user of the host can have bent: a symbolic link is followed
/// only where root (or the caller) laid it, in a directory that nobody else may write. What is read and written in it
/// goes by the descriptor, so an exchange of the path for a link meanwhile leads nowhere.
///
/// For files in directories that belong to users, which a daemon of root's writes: `~/.ssh/authorized_keys`.
public final class GuardedDirectory: Sendable {
  /// What a directory that has to be made gets.
  public struct Making: Sendable {
    public var mode: UInt32
    public var uid: UInt32
    public var gid: UInt32

    public init(mode: UInt32, uid: UInt32, gid: UInt32) {
      self.mode = mode
      self.uid = uid
      self.gid = gid
    }
  }

  /// `O_PATH`: names a file without opening it.
  static let nameOnly: Int32 = 0o10_000_000
  private static let mostLinks = 40

  public let path: String
  let descriptor: Int32

  /// Opens a directory.
  ///
  /// - Parameters:
  ///   - path: absolute, below the root of the files.
  ///   - making: what a missing directory on the way gets, by its path; nil refuses to make any.
  /// - Throws: `HostError`: `notFound` where it is not there, `invalid` for a link that may not be followed.
  public init(
    _ path: String, _ files: HostFiles, making: ((String) -> Making)? = nil
  ) throws(HostError) {
    self.path = path
    var way = GuardedWay(path, root: files.resolve("/"), mostLinks: Self.mostLinks)
    descriptor = try way.walk(making: making)
  }

  deinit { close(descriptor) }

  /// The content of a regular file; nil when there is none of that name.
  ///
  /// - Throws: `HostError`: `invalid` for a link and for what is no regular file; `tooLarge`.
  public func read(_ name: String, limit: Int = 4 << 20) throws(HostError) -> [UInt8]? {
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      if errno == ELOOP { throw Self.linkError(full(name)) }
      throw HostError(errno: errno, "read", full(name))
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw HostError(errno: errno, "read", full(name)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw HostError(.invalid, "cannot read \(full(name)): it is not a regular file")
    }
    return try HostFiles.drain(file, limit: limit, path: full(name))
  }

  /// Replaces or makes a file, whole or not at all. One that is there keeps its mode and owner; a link is refused.
  ///
  /// - Parameter new: mode and owner of a file that is new; the owner is left out where the caller may not set it.
  public func write(_ name: String, _ bytes: [UInt8], new: Making) throws(HostError) {
    var present = stat()
    let isThere = fstatat(descriptor, name, &present, AT_SYMLINK_NOFOLLOW) == 0
    if isThere, present.st_mode & S_IFMT == S_IFLNK { throw Self.linkError(full(name)) }
    if isThere, present.st_mode & S_IFMT != S_IFREG {
      throw HostError(.invalid, "cannot write \(full(name)): it is not a regular file")
    }
    let attributes =
      isThere ? Making(mode: present.st_mode & 0o7777, uid: present.st_uid, gid: present.st_gid) : new
    let temporary = ".\(name.prefix(200)).brine-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let file = openat(descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw HostError(errno: errno, "write", full(name)) }
    var isDone = false
    defer {
      close(file)
      if !isDone { _ = unlinkat(descriptor, temporary, 0) }
    }
    try HostFiles.writeAll(file, bytes, path: full(name))
    if geteuid() == 0 {
      guard fchown(file, attributes.uid, attributes.gid) == 0 else {
        throw HostError(errno: errno, "set the owner of", full(name))
      }
    }
    guard fchmod(file, attributes.mode) == 0 else { throw HostError(errno: errno, "set the mode of", full(name)) }
    guard fsync(file) == 0, renameat(descriptor, temporary, descriptor, name) == 0 else {
      throw HostError(errno: errno, "write", full(name))
    }
    isDone = true
    synchronize()
  }

  /// Whether there is something of that name, a link too.
  public func holds(_ name: String) -> Bool {
    var status = stat()
    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
  }

  private func synchronize() {
    let directory = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return }
    fsync(directory)
    close(directory)
  }

  private func full(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  static func linkError(_ path: String) -> HostError {
    HostError(
      .invalid,
      "\(path) is a symbolic link in a place that others may write; it is not followed. Name the real path instead")
  }
}
