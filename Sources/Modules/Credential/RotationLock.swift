import Functions
import Glibc
import HostSystem

/// One rotation of one credential at a time, across processes: a lock that goes with the process that held it.
struct RotationLock: ~Copyable {
  private let descriptor: Int32

  init(_ ledger: RotationLedger, kind: String, name: String) throws {
    let path = ledger.files.resolve(ledger.lockPath(kind: kind, name: name))
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw HostError(errno: errno, "lock", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw FunctionError(
        .busy, "Another rotation of \(name) is under way on this host.",
        hint: "`brine run HOST credential.status` shows how far it is.")
    }
  }

  deinit { close(descriptor) }
}
