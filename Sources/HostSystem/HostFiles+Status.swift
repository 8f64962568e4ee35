import Glibc

extension HostFiles {
  /// What the path is; nil when there is nothing. A link is followed unless told otherwise.
  public func status(_ path: String, followingLinks: Bool = true) -> FileStatus? {
    var buffer = stat()
    let result = followingLinks ? stat(resolve(path), &buffer) : lstat(resolve(path), &buffer)
    guard result == 0 else { return nil }
    let kind: FileStatus.Kind =
      switch buffer.st_mode & S_IFMT {
      case S_IFDIR: .dir
      case S_IFLNK: .link
      case S_IFBLK: .block
      case S_IFCHR: .char
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .file
      }
    func seconds(_ time: timespec) -> Double { Double(time.tv_sec) + Double(time.tv_nsec) / 1e9 }
    return FileStatus(
      kind: kind, mode: buffer.st_mode & 0o7777, uid: buffer.st_uid, gid: buffer.st_gid, size: Int64(buffer.st_size),
      inode: UInt64(buffer.st_ino), device: UInt64(buffer.st_dev), links: UInt64(buffer.st_nlink),
      accessTime: seconds(buffer.st_atim), modificationTime: seconds(buffer.st_mtim),
      changeTime: seconds(buffer.st_ctim))
  }

  public func exists(_ path: String) -> Bool { status(path) != nil }
  public func isDirectory(_ path: String) -> Bool { status(path)?.kind == .dir }
  public func isFile(_ path: String) -> Bool { status(path)?.kind == .file }
  public func isExecutable(_ path: String) -> Bool { isFile(path) && access(resolve(path), X_OK) == 0 }

  /// The target of a symbolic link as written; nil when it is none.
  public func linkTarget(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      readlink(resolve(path), bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return count >= 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  /// Names in a directory, sorted, without `.` and `..`.
  public func entries(_ path: String) throws(HostError) -> [String] {
    guard let directory = opendir(resolve(path)) else { throw HostError(errno: errno, "list", path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The same for a directory that may be missing: empty then.
  public func entriesIfPresent(_ path: String) -> [String] { (try? entries(path)) ?? [] }
}
