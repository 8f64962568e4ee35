import HostSystem

/// Finds the paths that a pattern such as `/etc/*/ssl[0-9].conf` stands for.
enum PathGlob {
  /// As many paths as are ever given back.
  static let limit = 100_000

  /// The paths that exist, sorted. A hidden name is found only by a pattern that begins with a dot.
  static func expand(_ pattern: String, _ files: HostFiles) -> [String] {
    var paths = [""]
    for part in pattern.split(separator: "/").map(String.init) {
      guard GlobPattern.isPattern(part) else {
        paths = paths.map { "\($0)/\(part)" }
        continue
      }
      let glob = GlobPattern(part)
      paths = paths.flatMap { directory -> [String] in
        files.entriesIfPresent(directory.isEmpty ? "/" : directory)
          .filter { ($0.hasPrefix(".") ? part.hasPrefix(".") : true) && glob.matches($0) }
          .map { "\(directory)/\($0)" }
      }
      if paths.count > limit { paths.removeLast(paths.count - limit) }
    }
    if pattern.allSatisfy({ $0 == "/" }) { paths = ["/"] }
    return paths.filter { files.status($0, followingLinks: false) != nil }.sorted()
  }
}
