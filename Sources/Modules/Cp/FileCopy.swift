import Glibc
import HostSystem

/// Puts the content of a file of this host at another path, whole or not at all, without holding it in memory.
struct FileCopy {
  private static let block = 1 << 20

  let files: HostFiles

  /// - Parameters:
  ///   - source: on this machine, not below the host's root.
  ///   - target: a path of the host; it keeps its mode and owner, a new one has 0644.
  /// - Returns: whether there was something to do.
  @discardableResult
  func copy(_ source: String, to target: String) throws(HostError) -> Bool {
    let input = open(source, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw HostError(errno: errno, "read", source) }
    defer { close(input) }
    let present = files.status(target)
    if present?.kind == .file, try isSame(input, target) { return false }
    let temporary = "\(target).brine-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let output = open(files.resolve(temporary), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard output >= 0 else { throw HostError(errno: errno, "write", target) }
    defer { close(output) }
    do throws(HostError) {
      try pour(input, into: output, target)
      if let present, (present.uid, present.gid) != (getuid(), getgid()) {
        guard fchown(output, present.uid, present.gid) == 0 else {
          throw HostError(errno: errno, "set the owner of", target)
        }
      }
      guard fchmod(output, present?.mode ?? 0o644) == 0 else {
        throw HostError(errno: errno, "set the mode of", target)
      }
      guard rename(files.resolve(temporary), files.resolve(target)) == 0 else {
        throw HostError(errno: errno, "write", target)
      }
    } catch {
      unlink(files.resolve(temporary))
      throw error
    }
    return true
  }

  private func pour(_ input: Int32, into output: Int32, _ target: String) throws(HostError) {
    var status = stat()
    guard fstat(input, &status) == 0 else { throw HostError(errno: errno, "read", target) }
    // One byte more, so that the end is seen by the same read.
    var buffer = [UInt8](repeating: 0, count: min(Self.block, max(0, Int(status.st_size)) + 1))
    lseek(input, 0, SEEK_SET)
    while true {
      let got = try Self.fill(&buffer, from: input, target)
      guard got > 0 else { return }
      var written = 0
      while written < got {
        let count = buffer.withUnsafeBytes { write(output, $0.baseAddress.map { $0 + written }, got - written) }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw HostError(errno: errno, "write", target) }
        written += count
      }
    }
  }

  private func isSame(_ input: Int32, _ target: String) throws(HostError) -> Bool {
    let other = open(files.resolve(target), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard other >= 0 else { return false }
    defer { close(other) }
    var (left, right) = (stat(), stat())
    guard fstat(input, &left) == 0, fstat(other, &right) == 0, left.st_size == right.st_size else { return false }
    var first = [UInt8](repeating: 0, count: min(Self.block, max(1, Int(left.st_size))))
    var second = first
    while true {
      let got = try Self.fill(&first, from: input, target)
      guard try Self.fill(&second, from: other, target) == got, first[..<got] == second[..<got] else { return false }
      if got == 0 { return true }
    }
  }

  /// As many bytes as there are, up to the buffer's size.
  private static func fill(_ buffer: inout [UInt8], from descriptor: Int32, _ path: String) throws(HostError) -> Int {
    var count = 0
    let size = buffer.count
    while count < size {
      // A slice of its own would be a copy.
      let got = buffer.withUnsafeMutableBytes { [count] in
        read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw HostError(errno: errno, "read", path) }
      guard got > 0 else { break }
      count += got
    }
    return count
  }
}
