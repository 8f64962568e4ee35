import Glibc
import HostSystem

/// Whether programs may be started with a disk of their own.
enum MountNamespaces {
  static let areAvailable: Bool = {
    guard getuid() == 0, HostFiles().isExecutable("/usr/bin/unshare") else { return false }
    let probe = try? ChildProcess(
      ["/usr/bin/unshare", "--mount", "--propagation", "private", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
      environment: Programs.environment(home: "/"))
    guard let probe else { return false }
    var status: Int32 = 0
    return waitpid(probe.processID, &status, 0) == probe.processID && status == 0
  }()
}
