import OrderedCollections
import Targeting
import Wire

/// Which branch or tag of a remote is which environment.
public struct GitEnvironments: Sendable, Hashable {
  /// What of the remote's settings an environment has of its own (Salt's `saltenv`).
  public struct Parameters: Sendable, Hashable {
    public var ref: String?
    public var root: String?
    public var mountPoint: String?
  }

  /// The branch or tag that is the environment `base`.
  public var base: String
  /// What may be an environment, in the order in which it wins: `branch`, `tag`.
  public var kinds = ["branch", "tag"]
  public var parameters: OrderedDictionary<String, Parameters> = [:]
  /// Only `base` and the environments with a `ref` of their own.
  public var isMappingDisabled = false
  /// The one branch or tag that is every environment.
  public var all: String?
  /// What stands in for a branch that is missing.
  public var fallback: String?
  /// Names, globs or regular expressions of environments; empty allows all.
  public var allowed: [String] = []
  public var denied: [String] = []

  public init(base: String = "master") { self.base = base }

  /// As Salt's lists of what is exposed.
  func isExposed(_ name: String) -> Bool {
    func matches(_ expression: String) -> Bool {
      Glob(expression).matches(name) || ((try? Pattern("(?:\(expression))\\Z").matches(name)) ?? false)
    }
    return (allowed.isEmpty || allowed.contains(where: matches)) && !denied.contains(where: matches)
  }

  /// The commits of the environments there are.
  func commits(_ references: GitReferences) -> [String: String] {
    var names: Set<String> = []
    let mapped = Set(parameters.values.compactMap(\.ref))
    for name in references.names(kinds) where !mapped.contains(name) {
      if name == base { names.insert("base") } else if !isMappingDisabled { names.insert(name) }
    }
    names.insert("base")
    for (name, own) in parameters where own.ref != nil { names.insert(name) }
    var commits: [String: String] = [:]
    for name in names where isExposed(name) && EnvironmentName(name) != nil {
      commits[name] = commit(of: name, references)
    }
    return commits
  }

  /// What any other environment is; nil for nothing.
  func commitOfOthers(_ references: GitReferences) -> String? {
    (all ?? fallback).flatMap { references.commit(of: $0, kinds) }
  }

  private func commit(of name: String, _ references: GitReferences) -> String? {
    let ref = all ?? (name == "base" ? base : parameters[name]?.ref ?? name)
    return references.commit(of: ref, kinds) ?? fallback.flatMap { references.commit(of: $0, kinds) }
  }
}
