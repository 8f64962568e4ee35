import Glibc
import HostSystem

extension HostFiles {
  /// Writes to a file of the kernel's in one go. Such a file is never replaced.
  func put(_ text: String, into path: String) -> Bool {
    let descriptor = open(resolve(path), O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    return Glibc.write(descriptor, bytes, bytes.count) == bytes.count
  }
}
