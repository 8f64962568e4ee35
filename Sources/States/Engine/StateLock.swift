import Glibc
import HostSystem
import Synchronization

/// One state run at a time on a host: a locked file that says whose it is.
///
/// The kernel's lock ends with its process, so nothing stale is left. A run that starts another one within its own job
/// (`module.run` of `state.sls`) holds it already.
struct StateLock: Sendable {
  let directory: String
  let job: String
  let function: String

  /// Locks that this process holds: path and job.
  private static let held = Mutex<[String: Int]>([:])

  /// Who holds the lock.
  struct Owner: Sendable, Hashable {
    var processID: Int
    var job: String
    var function: String
    var started: String

    /// Salt's sentence.
    var sentence: String {
      "The function \"\(function)\" is running as PID \(processID) and was started at \(started) with jid \(job)"
    }
  }

  /// A lock that is held.
  struct Hold: ~Copyable {
    fileprivate let descriptor: Int32
    fileprivate let key: String

    func release() {
      let isLast = StateLock.held.withLock { held in
        held[key, default: 1] -= 1
        guard held[key] == 0 else { return false }
        held[key] = nil
        return true
      }
      guard descriptor >= 0 else { return }
      if isLast { _ = ftruncate(descriptor, 0) }
      close(descriptor)
    }
  }

  private static func path(in directory: String) -> String { "\(directory)/state.lock" }
  private var key: String { "\(Self.path(in: directory))\n\(job)" }

  /// Waits for the lock, and says for whom; nil when it is not to wait and another has it.
  ///
  /// - Throws: `HostError` when there can be no lock file; `CancellationError`.
  func acquire(isWaiting: Bool, progress: @Sendable (String) -> Void) async throws -> Hold? {
    let isNested = Self.held.withLock { held in
      guard held[key] != nil else { return false }
      held[key, default: 0] += 1
      return true
    }
    if isNested { return Hold(descriptor: -1, key: key) }
    try HostFiles().makeDirectory(directory, mode: 0o700)
    let path = Self.path(in: directory)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw HostError(errno: errno, "open", path) }
    var said: Owner?
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard isWaiting else {
        close(descriptor)
        return nil
      }
      if let owner = Self.owner(in: directory), owner != said {
        said = owner
        progress("waiting for \(owner.function) of job \(owner.job) (PID \(owner.processID))")
      }
      do {
        try await Task.sleep(for: .milliseconds(200))
      } catch {
        close(descriptor)
        throw error
      }
    }
    let line = "\(getpid())\n\(job)\n\(function)\n\(LocalTime.dateAndTime())\n"
    _ = ftruncate(descriptor, 0)
    _ = line.withCString { write(descriptor, $0, strlen($0)) }
    Self.held.withLock { $0[key] = 1 }
    return Hold(descriptor: descriptor, key: key)
  }

  /// Who holds the lock of a host; nil when nobody does.
  static func owner(in directory: String) -> Owner? {
    let descriptor = open(path(in: directory), O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return nil }
    let lines = HostFiles().linesIfPresent(path(in: directory))
    guard lines.count >= 4, let processID = Int(lines[0]) else { return nil }
    return Owner(processID: processID, job: lines[1], function: lines[2], started: lines[3])
  }
}
