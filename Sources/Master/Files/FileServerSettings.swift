import OrderedCollections
import Targeting

/// What of `master.yaml` the file server goes by.
public struct FileServerSettings: Sendable {
  public enum Backend: String, Sendable, CaseIterable {
    case roots, git
  }

  /// Where files come from; the first that has a file wins.
  public var backends: [Backend] = [.roots]
  /// Directories by environment, in the order written; the first that has a file wins. `__env__` is for all environments
  /// that have none of their own.
  public var roots: OrderedDictionary<String, [String]>
  public var gitRemotes: [GitRemote] = []
  /// Paths that are not served.
  public var ignoredGlobs: [Glob] = []
  public var ignoredPatterns: [Pattern] = []
  /// Whether directories behind symbolic links are listed.
  public var followsLinks = true
  /// Whether symbolic links are left out of listings.
  public var ignoresLinks = false

  public init(roots: OrderedDictionary<String, [String]>) { self.roots = roots }

  func isIgnored(_ path: String) -> Bool {
    // A pattern that takes too many steps hides the file: it may be one that was to be hidden.
    ignoredGlobs.contains { $0.matches(path) } || ignoredPatterns.contains { (try? $0.matches(path)) ?? true }
  }

  /// The directories of an environment.
  func directories(of environment: String) -> [FileRoot] {
    if let own = roots[environment], environment != "__env__" { return own.map { FileRoot($0) } }
    return (roots["__env__"] ?? []).map { FileRoot($0.replacing("__env__", with: environment)) }
  }
}
