import Functions
import Targeting
import Value

/// The names of all SLS of an environment.
struct SLSList: Sendable {
  private let names: [String]
  private let known: Set<String>

  init(_ source: any FileSource, environment: String) async throws {
    names = Self.names(of: try await source.files(below: "", environment: environment))
    known = Set(names)
  }

  /// The dotted names of the SLS among paths, sorted: `web/init.sls` is `web`, `web/php.sls` is `web.php`.
  static func names(of paths: [String]) -> [String] {
    let names = paths.compactMap { path -> String? in
      guard path.hasSuffix(".sls") else { return nil }
      return String(path.dropLast(path.hasSuffix("/init.sls") ? 9 : 4)).replacing("/", with: ".")
    }
    return Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The names that a glob matches, sorted.
  func matching(_ pattern: String) -> [String] {
    guard StateWords.isPattern(pattern) else { return known.contains(pattern) ? [pattern] : [] }
    let glob = Glob(pattern)
    return names.filter(glob.matches)
  }

  func near(_ name: String) -> [String] { NearestName.candidates(for: name, among: names) }
}
