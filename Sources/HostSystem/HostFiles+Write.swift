import Glibc

extension HostFiles {
  /// Replaces or creates a file, whole or not at all. The new file has its mode and owner before it has a name.
  ///
  /// - Parameters:
  ///   - mode: permission bits; nil keeps those of the file that is there, else 0644.
  ///   - owner: uid and gid; nil keeps those of the file that is there, else the caller's.
  public func write(
    _ path: String, _ bytes: some Sequence<UInt8>, mode: UInt32? = nil, owner: (uid: UInt32, gid: UInt32)? = nil
  ) throws(HostError) {
    let present = status(path)
    let finalMode = mode ?? present?.mode ?? 0o644
    let temporary = "\(path).brine-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let descriptor = open(resolve(temporary), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw HostError(errno: errno, "write", path) }
    var isDone = false
    defer {
      close(descriptor)
      if !isDone { _ = unlink(resolve(temporary)) }
    }
    try Self.writeAll(descriptor, Array(bytes), path: path)
    if let owner = owner ?? present.map({ ($0.uid, $0.gid) }), owner != (getuid(), getgid()) {
      guard fchown(descriptor, owner.0, owner.1) == 0 else { throw HostError(errno: errno, "set the owner of", path) }
    }
    guard fchmod(descriptor, finalMode) == 0 else { throw HostError(errno: errno, "set the mode of", path) }
    guard fsync(descriptor) == 0 else { throw HostError(errno: errno, "write", path) }
    guard Glibc.rename(resolve(temporary), resolve(path)) == 0 else { throw HostError(errno: errno, "write", path) }
    isDone = true
    synchronizeDirectory(of: path)
  }

  /// The same for text, as UTF-8.
  public func write(
    _ path: String, text: String, mode: UInt32? = nil, owner: (uid: UInt32, gid: UInt32)? = nil
  ) throws(HostError) { try write(path, text.utf8, mode: mode, owner: owner) }

  /// Makes a directory and what is missing above it.
  public func makeDirectory(_ path: String, mode: UInt32 = 0o755) throws(HostError) {
    if isDirectory(path) { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeDirectory(String(path[..<slash]), mode: mode)
    }
    guard mkdir(resolve(path), mode) == 0 || (errno == EEXIST && isDirectory(path)) else {
      throw HostError(errno: errno, "make the directory", path)
    }
  }

  /// Removes a file or link; a missing one is no error. Directories are refused.
  public func remove(_ path: String) throws(HostError) {
    guard unlink(resolve(path)) == 0 || errno == ENOENT else { throw HostError(errno: errno, "remove", path) }
  }

  /// Removes a directory with all it holds, never following a link; a missing one is no error.
  public func removeTree(_ path: String) throws(HostError) {
    guard let status = status(path, followingLinks: false) else { return }
    guard status.kind == .dir else { return try remove(path) }
    for name in try entries(path) { try removeTree("\(path)/\(name)") }
    guard rmdir(resolve(path)) == 0 else { throw HostError(errno: errno, "remove", path) }
  }

  public func rename(_ from: String, to: String) throws(HostError) {
    guard Glibc.rename(resolve(from), resolve(to)) == 0 else { throw HostError(errno: errno, "rename", from) }
    synchronizeDirectory(of: to)
  }

  /// Makes a rename or a creation in the directory of `path` durable.
  public func synchronizeDirectory(of path: String) {
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(resolve(directory.isEmpty ? "/" : directory), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  static func writeAll(_ descriptor: Int32, _ bytes: [UInt8], path: String) throws(HostError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw HostError(errno: errno, "write", path) }
      rest = rest.dropFirst(count)
    }
  }
}
