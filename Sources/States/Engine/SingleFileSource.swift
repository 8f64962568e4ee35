import Functions
import HostSystem
import OrderedCollections

/// A source with one more file.
struct SingleFileSource: FileSource {
  let name: String
  let path: String
  let beside: any FileSource

  func localPath(of path: String, environment: String) async throws -> String? {
    if path == name { return HostFiles().isFile(self.path) ? self.path : nil }
    return try await beside.localPath(of: path, environment: environment)
  }

  func files(below directory: String, environment: String) async throws -> [String] {
    let files = try await beside.files(below: directory, environment: environment)
    return directory.isEmpty ? (files.filter { $0 != name } + [name]).sorted() : files
  }

  func directories(below directory: String, environment: String) async throws -> [String] {
    try await beside.directories(below: directory, environment: environment)
  }

  func symlinks(below directory: String, environment: String) async throws -> OrderedDictionary<String, String> {
    try await beside.symlinks(below: directory, environment: environment)
  }

  func mode(of path: String, environment: String) async throws -> UInt32? {
    if path == name { return HostFiles().status(self.path)?.mode }
    return try await beside.mode(of: path, environment: environment)
  }

  func prefetch(_ paths: [String], environment: String) async throws {
    try await beside.prefetch(paths.filter { $0 != name }, environment: environment)
  }

  func environments() async throws -> [String] { try await beside.environments() }
}
