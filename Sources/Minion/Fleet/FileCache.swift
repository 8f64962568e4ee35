import CLinux
import Glibc
import HostSystem
public import Wire

/// The minion's copies of files of the master, by their content: `objects/ab/DIGEST`, parts of large ones in
/// `partial/DIGEST`, and for each path a link to its content, `files/ENVIRONMENT/PATH`.
///
/// Several processes use it at once: everything has its name only when it is whole. An object that was written to since it
/// was verified is as good as missing: its modification time tells.
public struct FileCache: Sendable {
  public let directory: String
  private let files = HostFiles()

  /// What every verified object has as its modification time, in seconds since the epoch.
  private static let verified = 1_000_000_000

  public init(directory: String) { self.directory = directory }

  private func object(_ digest: FileDigest) -> String { "\(directory)/objects/\(digest.text.prefix(2))/\(digest)" }
  func partialPath(_ digest: FileDigest) -> String { "\(directory)/partial/\(digest)" }

  /// Where a path of an environment stands, whether it is there or not.
  public func place(of path: FilePath, _ environment: EnvironmentName) -> String {
    "\(place(of: environment))/\(path)"
  }

  /// The directory of an environment's paths. A name's slashes are no levels here, so that no two environments meet.
  public func place(of environment: EnvironmentName) -> String {
    "\(directory)/files/" + environment.text.replacing("%", with: "%25").replacing("/", with: "%2F")
  }

  // MARK: What is there

  /// Whether the content is there, whole. It counts as used then.
  func has(_ digest: FileDigest, size: Int64? = nil) -> Bool {
    let path = object(digest)
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mtim.tv_sec == Self.verified,
      size.map({ $0 == Int64(status.st_size) }) ?? true
    else { return false }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    // Once an hour is often enough to know what is used.
    if now.tv_sec - status.st_atim.tv_sec > 3600 { Self.mark(path, used: now) }
    return true
  }

  /// The content that a path had when it was asked for last, if it is still there.
  func known(_ path: FilePath, _ environment: EnvironmentName) -> FileDigest? {
    guard let target = files.linkTarget(place(of: path, environment)),
      let digest = FileDigest(String(target.suffix(64))), has(digest)
    else { return nil }
    return digest
  }

  /// Where a path is in the cache, whole; nil when it is not.
  public func path(of path: FilePath, _ environment: EnvironmentName) -> String? {
    known(path, environment) == nil ? nil : place(of: path, environment)
  }

  // MARK: Putting something in

  /// Keeps a content that was verified.
  func store(_ content: [UInt8], _ digest: FileDigest) throws(HostError) {
    guard !has(digest, size: Int64(content.count)) else { return }
    let path = object(digest)
    let temporary = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max))"
    var descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if descriptor < 0, errno == ENOENT {
      try files.makeDirectory(parent(of: path), mode: 0o700)
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    }
    guard descriptor >= 0 else { throw HostError(errno: errno, "write", temporary) }
    defer { close(descriptor) }
    do {
      try Self.write(content, to: descriptor, temporary)
      try finish(descriptor, temporary, digest)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Gives a verified file its name as an object.
  func finish(_ descriptor: Int32, _ path: String, _ digest: FileDigest) throws(HostError) {
    var times = [timespec(), timespec(tv_sec: Self.verified, tv_nsec: 0)]
    clock_gettime(CLOCK_REALTIME, &times[0])
    guard futimens(descriptor, times) == 0 else { throw HostError(errno: errno, "set the time of", path) }
    let target = object(digest)
    if rename(path, target) == 0 { return }
    try files.makeDirectory(parent(of: target), mode: 0o700)
    guard rename(path, target) == 0 else { throw HostError(errno: errno, "rename", path) }
  }

  /// Makes a path's link to a content that is there.
  ///
  /// - Returns: the link's path.
  func link(_ path: FilePath, _ environment: EnvironmentName, to digest: FileDigest) throws(HostError) -> String {
    let place = place(of: path, environment)
    let target = object(digest)
    if symlink(target, place) == 0 { return place }
    if errno == EEXIST, files.linkTarget(place) == target { return place }
    let temporary = "\(parent(of: place))/.brine-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    if symlink(target, temporary) != 0 {
      try makeRoom(for: place)
      guard symlink(target, temporary) == 0 else { throw HostError(errno: errno, "write", place) }
    }
    if rename(temporary, place) == 0 { return place }
    // What was a directory is a file now.
    if errno == EISDIR || errno == ENOTEMPTY || errno == EEXIST { try files.removeTree(place) }
    guard rename(temporary, place) == 0 else {
      let failure = errno
      unlink(temporary)
      throw HostError(errno: failure, "write", place)
    }
    return place
  }

  /// Makes the directories above a place; what was a file and is a directory now goes.
  private func makeRoom(for place: String) throws(HostError) {
    var path = "\(directory)/files"
    try files.makeDirectory(path, mode: 0o700)
    for part in parent(of: place).dropFirst(path.utf8.count).split(separator: "/") {
      path += "/\(part)"
      if mkdir(path, 0o700) == 0 { continue }
      if let status = files.status(path, followingLinks: false), status.kind != .dir {
        try files.remove(path)
        mkdir(path, 0o700)
      }
      guard files.isDirectory(path) else { throw HostError(errno: errno, "make the directory", path) }
    }
  }

  static func write(_ content: [UInt8], to descriptor: Int32, _ path: String) throws(HostError) {
    var rest = content[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw HostError(errno: errno, "write", path) }
      rest = rest.dropFirst(count)
    }
  }

  private static func mark(_ path: String, used now: timespec) {
    utimensat(AT_FDCWD, path, [now, timespec(tv_sec: verified, tv_nsec: 0)], AT_SYMLINK_NOFOLLOW)
  }

  private func parent(of path: String) -> String { String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) }
}
