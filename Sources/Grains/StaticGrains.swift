public import HostSystem
public import Value

/// Grains that the administrator wrote: in files, in the drop-in directory, in the minion's configuration.
public struct StaticGrains: Sendable {
  public var values: ValueMap
  /// Files that could not be used, each with the reason: the rest counts all the same.
  public var problems: [String]

  public init(values: ValueMap, problems: [String] = []) {
    self.values = values
    self.problems = problems
  }

  /// Reads all of them. A later path's grain replaces an earlier one's, and the configuration's replaces all, as in
  /// Salt.
  ///
  /// - Parameters:
  ///   - configured: the map under `grains:` in the minion's configuration.
  ///   - paths: files, and directories whose `*.yaml`, `*.yml` and `*.conf` are read in the order of their names.
  ///     What is missing is skipped.
  ///   - parse: reads YAML.
  public static func load(
    files: HostFiles, configured: ValueMap, paths: [String], parse: (String) throws -> Value
  ) -> StaticGrains {
    var grains = StaticGrains(values: [:])
    for path in paths.flatMap({ expanded($0, files) }) {
      do {
        let value = try parse(try files.readText(path, limit: 1 << 20))
        guard !value.isNull else { continue }
        guard let map = value.mapValue else {
          grains.problems.append("\(path): it holds \(value.kindName), not a map of grains; the file is skipped.")
          continue
        }
        grains.merge(map)
      } catch {
        grains.problems.append("\(path): \(error)")
      }
    }
    grains.merge(configured)
    return grains
  }

  /// The collected grains with these over them.
  public func overriding(_ collected: ValueMap) -> ValueMap {
    var merged = collected
    for (name, value) in values { merged[name] = value }
    return merged
  }

  private mutating func merge(_ map: ValueMap) {
    for (name, value) in map { values[name] = value }
  }

  private static func expanded(_ path: String, _ files: HostFiles) -> [String] {
    guard files.isDirectory(path) else { return files.isFile(path) ? [path] : [] }
    return files.entriesIfPresent(path)
      .filter { name in !name.hasPrefix(".") && [".yaml", ".yml", ".conf"].contains { name.hasSuffix($0) } }
      .map { "\(path)/\($0)" }
  }
}
