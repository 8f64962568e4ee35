import CLinux
import Glibc

/// An open directory out of which no path leads: `..` and symbolic links may go anywhere within it, and nowhere else, also
/// when somebody exchanges its parts meanwhile.
struct RootDirectory: ~Copyable {
  private let path: String
  private let descriptor: Int32

  private init(_ path: String, _ descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Nil when there is no such directory.
  static func open(_ path: String) -> RootDirectory? {
    let descriptor = Glibc.open(path, brine_handle_only | O_DIRECTORY | O_CLOEXEC)
    return descriptor >= 0 ? RootDirectory(path, descriptor) : nil
  }

  deinit { close(descriptor) }

  /// A handle (`O_PATH`) on what a path leads to; negative when it leads to nothing or out of the directory. The caller
  /// closes it.
  func handle(_ relative: String) -> Int32 {
    let found = brine_open_beneath(descriptor, relative, brine_handle_only | O_CLOEXEC, 1)
    guard found == -EXDEV || found == -ELOOP else { return found }
    // A link to an absolute path may lead into the directory again: the path without links is opened then.
    guard let base = Self.realPath(path), let real = Self.realPath("\(path)/\(relative)") else { return found }
    let prefix = base.hasSuffix("/") ? base : base + "/"
    if real == base { return brine_open_beneath(descriptor, ".", brine_handle_only | O_CLOEXEC, 0) }
    guard real.hasPrefix(prefix) else { return found }
    return brine_open_beneath(descriptor, String(real.dropFirst(prefix.count)), brine_handle_only | O_CLOEXEC, 0)
  }

  /// The regular file of a path; nil when there is none. Devices, pipes and sockets are never opened.
  func file(_ relative: String) -> OpenFile? {
    let handle = handle(relative)
    guard handle >= 0 else { return nil }
    defer { close(handle) }
    return OpenFile.open(handle: handle)
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }
}
