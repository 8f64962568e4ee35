import Glibc
import HostSystem

extension HostFiles {
  /// Copies a regular file, whole or not at all: with mode and owner of the source, beside the destination first.
  func copyFile(_ source: String, to destination: String, followingLinks: Bool = true) throws(HostError) {
    let input = open(resolve(source), O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followingLinks ? 0 : O_NOFOLLOW))
    guard input >= 0 else { throw HostError(errno: errno, "read", source) }
    defer { close(input) }
    var status = stat()
    guard fstat(input, &status) == 0 else { throw HostError(errno: errno, "read", source) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw HostError(.invalid, "cannot copy \(source): it is not a regular file")
    }
    let temporary = "\(destination).brine-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let output = open(resolve(temporary), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard output >= 0 else { throw HostError(errno: errno, "write", destination) }
    var isDone = false
    defer {
      close(output)
      if !isDone { _ = unlink(resolve(temporary)) }
    }
    try Self.pour(input, output, source, destination)
    // Without the right to give files away, as in a copy by an ordinary user, the owner stays ours.
    if (status.st_uid, status.st_gid) != (geteuid(), getegid()), geteuid() == 0 {
      guard fchown(output, status.st_uid, status.st_gid) == 0 else {
        throw HostError(errno: errno, "set the owner of", destination)
      }
    }
    guard fchmod(output, status.st_mode & 0o7777) == 0, fsync(output) == 0 else {
      throw HostError(errno: errno, "write", destination)
    }
    try rename(temporary, to: destination)
    isDone = true
  }

  /// Copies a directory into another, which may be there already; links are copied as links.
  func copyTree(_ source: String, to destination: String, depth: Int = 0) throws(HostError) {
    guard depth < 256 else { throw HostError(.tooLarge, "cannot copy \(source): it is nested too deeply") }
    guard let status = status(source, followingLinks: false) else {
      throw HostError(.notFound, "cannot copy \(source): it does not exist")
    }
    switch status.kind {
    case .dir:
      if !isDirectory(destination) { try makeOneDirectory(destination, mode: 0o700) }
      for name in try entries(source) {
        try copyTree(PathText.child(name, of: source), to: PathText.child(name, of: destination), depth: depth + 1)
      }
      if geteuid() == 0 { try setOwner(destination, uid: status.uid, gid: status.gid, followingLinks: false) }
      try setMode(destination, status.mode)
    case .link:
      guard let target = linkTarget(source) else { throw HostError(.notFound, "cannot read the link \(source)") }
      try remove(destination)
      try makeSymbolicLink(destination, to: target)
    // What was a file a moment ago may be a link by now.
    default: try copyFile(source, to: destination, followingLinks: false)
    }
  }

  static func pour(
    _ input: Int32, _ output: Int32, _ source: String, _ destination: String
  ) throws(HostError) {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(input, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw HostError(errno: errno, "read", source) }
      if count == 0 { return }
      var done = 0
      while done < count {
        let step = chunk.withUnsafeBytes { Glibc.write(output, $0.baseAddress.map { $0 + done }, count - done) }
        if step < 0, errno == EINTR { continue }
        guard step >= 0 else { throw HostError(errno: errno, "write", destination) }
        done += step
      }
    }
  }
}
