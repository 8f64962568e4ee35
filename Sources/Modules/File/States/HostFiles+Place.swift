import Glibc
import HostSystem

extension HostFiles {
  /// Puts a copy of a file's content at a path, whole or not at all, as `write` does for bytes.
  func place(
    _ source: String, at path: String, mode: UInt32?, owner: (uid: UInt32, gid: UInt32)?
  ) throws(HostError) {
    let present = status(path)
    let input = open(resolve(source), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard input >= 0 else { throw HostError(errno: errno, "read", source) }
    defer { close(input) }
    let temporary = "\(path).brine-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let output = open(resolve(temporary), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard output >= 0 else { throw HostError(errno: errno, "write", path) }
    var isDone = false
    defer {
      close(output)
      if !isDone { _ = unlink(resolve(temporary)) }
    }
    try Self.pour(input, output, source, path)
    if let owner = owner ?? present.map({ ($0.uid, $0.gid) }), owner != (getuid(), getgid()) {
      guard fchown(output, owner.0, owner.1) == 0 else { throw HostError(errno: errno, "set the owner of", path) }
    }
    guard fchmod(output, mode ?? present?.mode ?? 0o644) == 0, fsync(output) == 0 else {
      throw HostError(errno: errno, "write", path)
    }
    try rename(temporary, to: path)
    isDone = true
  }

  /// Whether two files hold the same bytes, however large they are.
  func haveSameContent(_ first: String, _ second: String) throws(HostError) -> Bool {
    guard let size = status(first)?.size, size == status(second)?.size else { return false }
    let step = 1 << 20
    var offset = 0
    while Int64(offset) < size {
      let bytes = try read(first, offset: offset, count: step)
      guard try read(second, offset: offset, count: step) == bytes else { return false }
      offset += step
    }
    return true
  }
}
