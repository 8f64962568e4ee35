import Glibc
import HostSystem
public import OrderedCollections
public import Value

/// Directories by environment, as `file_roots` and `pillar_roots` have them.
public struct FileRoots: Sendable, Hashable {
  /// Environments in the order written, each with its directories; the first that has a file wins.
  public var directories: OrderedDictionary<String, [String]>

  public init(_ directories: OrderedDictionary<String, [String]>) { self.directories = directories }

  /// - Parameters:
  ///   - option: `{environment: [directory, …]}`; a lone directory counts as a list of one.
  ///   - fallback: the base environment's directory when the option is not given.
  public init(_ option: Value?, fallback: String) {
    directories = [:]
    for (environment, value) in option?.mapValue ?? [:] {
      let paths = (value.listValue ?? [value]).compactMap(\.stringValue)
      directories[environment.description] = paths.filter { $0.hasPrefix("/") }
    }
    if directories.isEmpty { directories["base"] = [fallback] }
  }

  /// The directories of an environment; `__env__` stands for all that have none of their own, as in Salt.
  public subscript(_ environment: String) -> [String] {
    if let own = directories[environment] { return own }
    return (directories["__env__"] ?? []).map { $0.replacing("__env__", with: environment) }
  }
}
