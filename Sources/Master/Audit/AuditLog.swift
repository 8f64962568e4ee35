import Glibc
public import HostSystem
public import OrderedCollections
public import Value
public import Wire

/// The append-only audit log on disk: one JSON line an entry, written and synced before the entry's effect.
public final class AuditLog {
  private let path: String
  private let descriptor: Int32
  private var chain: AuditChain

  /// Opens the log and checks its whole chain, so that a broken one is known at start.
  ///
  /// - Throws: `HostError` when it cannot be opened or its last line was cut (a full disk): the cut line is removed first.
  public init(path: String) throws(HostError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw HostError(errno: errno, "open", path) }
    let report = try AuditReport.read(path)
    chain = report.chain
    // A line without its newline was never acted upon: its writer died or the disk was full.
    if report.validBytes < report.totalBytes, report.fault == nil { ftruncate(descriptor, off_t(report.validBytes)) }
    fault = report.fault
  }

  /// What was wrong with the chain when the log was opened; nil when nothing.
  public let fault: String?

  deinit { close(descriptor) }

  /// That the open file is still the one at the path: entries in a file that was moved away would be lost to `verify`.
  private func checkPlace() throws(HostError) {
    var own = stat()
    var there = stat()
    guard fstat(descriptor, &own) == 0, lstat(path, &there) == 0, own.st_ino == there.st_ino, own.st_dev == there.st_dev
    else {
      throw HostError(
        .invalid, "\(path) was moved, removed or replaced while the master runs; put it back and restart the master")
    }
  }

  /// Writes an entry and, unless it may wait, syncs it.
  public func append(
    who: String, what: String, details: ValueMap, isDurable: Bool = true, now: Moment = .now()
  ) throws(HostError) {
    try checkPlace()
    var next = chain
    let line = next.append(who: who, what: what, details: details, now: now)
    let before = lseek(descriptor, 0, SEEK_END)
    let bytes = Array((line + "\n").utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, !isDurable || fdatasync(descriptor) == 0 else {
      let error = HostError(errno: errno == 0 ? ENOSPC : errno, "write", path)
      ftruncate(descriptor, before)
      throw error
    }
    chain = next
  }
}
