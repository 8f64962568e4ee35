import HostSystem
public import OrderedCollections

/// Where `salt://` files come from: the minion's own `file_roots`, or the master's file server.
public protocol FileSource: Sendable {
  /// A path on this host of the file, fetched if need be; nil when no root of the environment has it.
  ///
  /// - Parameter path: below the roots, without `salt://`, validated: never absolute, no `..`.
  /// - Throws: `FunctionError` when the source could not be asked.
  func localPath(of path: String, environment: String) async throws -> String?

  /// All files below a directory (`""` for all), as paths below the roots, sorted; symbolic links are followed within
  /// the root.
  func files(below directory: String, environment: String) async throws -> [String]

  /// All directories below one, empty ones too, as paths below the roots, sorted.
  func directories(below directory: String, environment: String) async throws -> [String]

  /// The symbolic links below a directory that stay in their root, with where they lead as they say it.
  func symlinks(below directory: String, environment: String) async throws -> OrderedDictionary<String, String>

  /// The environments that have roots.
  func environments() async throws -> [String]

  /// Permission bits of the file where it comes from; nil when there is none.
  func mode(of path: String, environment: String) async throws -> UInt32?

  /// The file's SHA-256 in hexadecimal digits, without fetching it; nil when there is none, or when the caller is to read
  /// it itself.
  func digest(of path: String, environment: String) async throws -> String?

  /// Where the file is on this host, if nothing has to be fetched for it.
  func cachedPath(of path: String, environment: String) async throws -> String?

  /// Fetches many files that will be wanted; those that are not there are left out.
  func prefetch(_ paths: [String], environment: String) async throws
}

/// For sources whose files are on this host anyway.
extension FileSource {
  public func symlinks(below directory: String, environment: String) async throws -> OrderedDictionary<String, String> {
    [:]
  }

  public func mode(of path: String, environment: String) async throws -> UInt32? {
    try await localPath(of: path, environment: environment).flatMap { HostFiles().status($0)?.mode }
  }

  public func digest(of path: String, environment: String) async throws -> String? { nil }

  public func cachedPath(of path: String, environment: String) async throws -> String? {
    try await localPath(of: path, environment: environment)
  }

  public func prefetch(_ paths: [String], environment: String) async throws {}
}
