import CLinux
import Glibc
import Wire

/// Walks roots, the first one's entries winning, and notes what there is. Links that lead out of their root are as good as
/// missing.
struct TreeWalk {
  /// How deep directories are walked, and how many entries there may be.
  private static let depthLimit = 64
  private static let countLimit = 500_000

  private(set) var files: [String: FileEntry] = [:]
  private(set) var directories: [String: FileEntry] = [:]
  private(set) var symlinks: [String: FileEntry] = [:]
  /// Why it is not all of it; a sentence.
  private(set) var problem: String?

  private let settings: FileServerSettings
  private let digests: DigestCache

  init(_ settings: FileServerSettings, _ digests: DigestCache) {
    self.settings = settings
    self.digests = digests
  }

  private struct DirectoryIdentity: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  mutating func add(_ root: FileRoot) {
    guard let directory = RootDirectory.open(root.directory) else { return }
    var above = ""
    for part in root.mountPoint.split(separator: "/") {
      above += (above.isEmpty ? "" : "/") + part
      addDirectory(above)
    }
    let top = root.subdirectory
    walk(directory.handle(top.isEmpty ? "." : top), top, root.mountPoint, directory, above: [])
  }

  private mutating func addDirectory(_ path: String) {
    if directories[path] == nil, let name = FilePath(path) { directories[path] = FileEntry(name) }
  }

  /// - Parameters:
  ///   - handle: on the directory; closed here.
  ///   - relative: its path below the root.
  ///   - served: its path as it is asked for.
  ///   - above: the directories that led here, against loops of links.
  private mutating func walk(
    _ handle: Int32, _ relative: String, _ served: String, _ root: borrowing RootDirectory,
    above: Set<DirectoryIdentity>
  ) {
    guard handle >= 0 else { return }
    defer { close(handle) }
    var status = stat()
    guard problem == nil, fstat(handle, &status) == 0 else { return }
    let identity = DirectoryIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    guard !above.contains(identity) else { return }
    guard above.count < Self.depthLimit, files.count + directories.count < Self.countLimit else {
      problem = "it has more than \(Self.countLimit) entries or \(Self.depthLimit) levels"
      return
    }
    let descriptor = openat(handle, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, let stream = fdopendir(descriptor) else {
      if descriptor >= 0 { close(descriptor) }
      return
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      guard let name, name != ".", name != ".." else { continue }
      add(name, in: descriptor, relative, served, root, above: above.union([identity]))
    }
  }

  private mutating func add(
    _ name: String, in descriptor: Int32, _ relative: String, _ served: String, _ root: borrowing RootDirectory,
    above: Set<DirectoryIdentity>
  ) {
    let inner = relative.isEmpty ? name : "\(relative)/\(name)"
    let path = served.isEmpty ? name : "\(served)/\(name)"
    var status = stat()
    guard let filePath = FilePath(path), !settings.isIgnored(path),
      fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    else { return }
    switch status.st_mode & S_IFMT {
    case S_IFREG: addFile(filePath, status)
    case S_IFDIR:
      addDirectory(path)
      walk(
        openat(descriptor, name, brine_handle_only | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), inner, path, root,
        above: above)
    case S_IFLNK where !settings.ignoresLinks:
      let handle = root.handle(inner)
      guard handle >= 0, fstat(handle, &status) == 0 else {
        if handle >= 0 { close(handle) }
        return
      }
      if symlinks[path] == nil, let target = Self.target(of: name, in: descriptor) {
        symlinks[path] = FileEntry(filePath, target: target)
      }
      if status.st_mode & S_IFMT == S_IFDIR {
        addDirectory(path)
        if settings.followsLinks { return walk(handle, inner, path, root, above: above) }
      } else if status.st_mode & S_IFMT == S_IFREG {
        addFile(filePath, status)
      }
      close(handle)
    default: break
    }
  }

  private mutating func addFile(_ path: FilePath, _ status: stat) {
    guard files[path.text] == nil else { return }
    let identity = FileIdentity(status)
    files[path.text] = FileEntry(
      path, size: identity.size, digest: identity.isFresh ? nil : digests.known(identity))
  }

  private static func target(of name: String, in descriptor: Int32) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return -1 }
      return readlinkat(descriptor, name, start.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return count >= 0 ? String(validating: buffer[..<count], as: UTF8.self) : nil
  }
}
