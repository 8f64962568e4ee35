import Functions
import Value

/// A `salt://path?saltenv=environment` file.
struct SaltURL: Sendable, Hashable {
  /// Below the roots.
  var path: String
  var environment: String

  /// - Parameter environment: where the URL names none.
  init(_ text: String, environment: String) {
    let url = FileURL(text) ?? FileURL("salt://\(text)")
    self.environment = url?.environment ?? environment
    path = String((url?.path ?? text).drop { $0 == "/" })
  }

  /// Where the file is on this host.
  ///
  /// - Throws: `FunctionError` when no root has it.
  func localPath(_ source: any FileSource) async throws -> String {
    if let local = try await source.localPath(of: path, environment: environment) { return local }
    let files = (try? await source.files(below: "", environment: environment)) ?? []
    let near = NearestName.candidates(for: path, among: files.filter { abs($0.utf8.count - path.utf8.count) < 10 })
    throw FunctionError(
      .notFound, "salt://\(path) is in no root of environment '\(environment)'.",
      hint: near.isEmpty ? nil : "Did you mean \(near.map { "salt://\($0)" }.joined(separator: " or "))?")
  }
}
