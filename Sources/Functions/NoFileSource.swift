/// No files at all.
public struct NoFileSource: FileSource {
  public init() {}
  public func localPath(of path: String, environment: String) async throws -> String? { nil }
  public func files(below directory: String, environment: String) async throws -> [String] { [] }
  public func directories(below directory: String, environment: String) async throws -> [String] { [] }
  public func environments() async throws -> [String] { [] }
}
