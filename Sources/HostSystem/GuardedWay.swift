import Glibc

/// The walk of `GuardedDirectory`, one name after the other, by descriptor.
struct GuardedWay {
  /// A name that is still to be walked.
  private struct Step {
    var name: String
    /// Of the path that was asked for, not of a link on the way.
    var isAsked: Bool
  }

  private let root: String
  private var rest: [Step]
  /// The way so far as it was asked for, which links may have led elsewhere.
  private var asked = ""
  private var linksLeft: Int

  init(_ path: String, root: String, mostLinks: Int) {
    self.root = root
    rest = Self.steps(path, isAsked: true)
    linksLeft = mostLinks
  }

  private static func steps(_ path: String, isAsked: Bool) -> [Step] {
    path.split(separator: "/").reversed().map { Step(name: String($0), isAsked: isAsked) }
  }

  /// - Returns: a descriptor of the directory, which the caller closes.
  mutating func walk(making: ((String) -> GuardedDirectory.Making)?) throws(HostError) -> Int32 {
    var current = try openRoot()
    do throws(HostError) {
      while let step = rest.popLast() {
        if step.name == "." { continue }
        if step.isAsked { asked += "/" + step.name }
        let next = try take(step, from: current, making: making)
        close(current)
        current = next
      }
      return current
    } catch {
      close(current)
      throw error
    }
  }

  private func openRoot() throws(HostError) -> Int32 {
    let descriptor = open(root, GuardedDirectory.nameOnly | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HostError(errno: errno, "open", "/") }
    return descriptor
  }

  private mutating func take(
    _ step: Step, from current: Int32, making: ((String) -> GuardedDirectory.Making)?
  ) throws(HostError) -> Int32 {
    let name = step.name
    var next = openat(current, name, GuardedDirectory.nameOnly | O_NOFOLLOW | O_CLOEXEC)
    if next < 0, errno == ENOENT, let making {
      try make(name, in: current, making(asked))
      next = openat(current, name, GuardedDirectory.nameOnly | O_NOFOLLOW | O_CLOEXEC)
    }
    guard next >= 0 else { throw HostError(errno: errno, "open", asked) }
    var status = stat()
    guard fstat(next, &status) == 0 else {
      let number = errno
      close(next)
      throw HostError(errno: number, "look at", asked)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return next
    case S_IFLNK:
      defer { close(next) }
      return try follow(next, owner: status.st_uid, in: current)
    default:
      close(next)
      throw HostError(.notDirectory, "\(asked) is not a directory")
    }
  }

  private mutating func follow(_ link: Int32, owner: UInt32, in directory: Int32) throws(HostError) -> Int32 {
    let place = asked
    var status = stat()
    guard fstat(directory, &status) == 0 else { throw HostError(errno: errno, "look at", place) }
    let isOthers = status.st_mode & 0o022 != 0 && status.st_mode & S_ISVTX == 0
    guard Self.isTrusted(owner), Self.isTrusted(status.st_uid), !isOthers else {
      throw GuardedDirectory.linkError(place)
    }
    linksLeft -= 1
    guard linksLeft > 0 else { throw HostError(.invalid, "\(place) leads through too many symbolic links") }
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlinkat(link, "", &buffer, buffer.count)
    guard count > 0 else { throw HostError(errno: errno, "read the link", place) }
    let target = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    rest += Self.steps(target, isAsked: false)
    if target.hasPrefix("/") { return try openRoot() }
    let same = openat(directory, ".", GuardedDirectory.nameOnly | O_DIRECTORY | O_CLOEXEC)
    guard same >= 0 else { throw HostError(errno: errno, "open", place) }
    return same
  }

  private func make(
    _ name: String, in directory: Int32, _ making: GuardedDirectory.Making
  ) throws(HostError) {
    let place = asked
    // Nobody looks into it before it has its owner and mode.
    guard mkdirat(directory, name, 0o700) == 0 else { throw HostError(errno: errno, "make the directory", place) }
    if geteuid() == 0 {
      guard fchownat(directory, name, making.uid, making.gid, AT_SYMLINK_NOFOLLOW) == 0 else {
        throw HostError(errno: errno, "set the owner of", place)
      }
    }
    // By descriptor: whoever may write the directory above may have put a link there by now.
    let made = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard made >= 0 else { throw HostError(errno: errno, "open", place) }
    defer { close(made) }
    guard fchmod(made, making.mode) == 0 else { throw HostError(errno: errno, "set the mode of", place) }
  }

  private static func isTrusted(_ uid: UInt32) -> Bool { uid == 0 || uid == geteuid() }
}
