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

  /// The environments that have roots.
  func environments() async throws -> [String]
}

/// No files at all.
public struct NoFileSource: FileSource {
  public init() {}
  public func localPath(of path: String, environment: String) async throws -> String? { nil }
  public func files(below directory: String, environment: String) async throws -> [String] { [] }
  public func directories(below directory: String, environment: String) async throws -> [String] { [] }
  public func environments() async throws -> [String] { [] }
}
