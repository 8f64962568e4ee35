import CLinux
import Glibc
public import Wire

/// The lock on a job's journal file: who holds it runs the job. The kernel gives it back when the process dies, so a free
/// lock means that nobody runs it, whatever process ids say.
public struct JobLock: ~Copyable {
  private let descriptor: Int32

  /// - Returns: nil when another process holds it, or the job is not in the journal.
  public init?(_ spool: JobSpool, _ id: JobID) {
    let descriptor = open(spool.path(id, "job"), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard brine_lock_file(descriptor) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
