import Glibc

/// Descriptors 0, 1 and 2.
public enum StandardDescriptors {
  /// Opens `/dev/null` for those that the program was started without (`>&-`): else the next file that it opens, a store
  /// say, would be taken for standard output and written into. To be called before anything else is opened.
  public static func fill() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is taken, which is this one.
      _ = open("/dev/null", O_RDWR)
    }
  }
}
