import Glibc

/// The host's files below a root (`/`, or a directory in tests). Every path given is absolute in that root.
///
/// Reads are bounded, writes are whole or not at all: a new file beside the old one with its final mode from the start,
/// fsynced, renamed over it, directory fsynced.
public struct HostFiles: Sendable {
  public var root: String

  public init(root: String = "/") { self.root = root == "/" ? "" : root }

  /// The path on this machine of a path on the host.
  public func resolve(_ path: String) -> String { root + path }
}
