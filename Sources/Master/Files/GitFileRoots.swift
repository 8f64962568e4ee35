import OrderedCollections

/// The directories that git remotes give to environments, in the order of the remotes.
struct GitFileRoots: Sendable, Hashable {
  private struct Part: Sendable, Hashable {
    var environments: GitEnvironments
    var roots: [String: FileRoot]
    /// For every other environment.
    var others: FileRoot?
  }

  private var parts: [Part] = []

  mutating func add(
    _ remote: GitRemote, _ commits: [String: String], others: String?, directory: (String) -> String
  ) {
    func root(_ commit: String, _ own: GitEnvironments.Parameters?) -> FileRoot {
      FileRoot(
        directory(commit), subdirectory: own?.root ?? remote.root, mountPoint: own?.mountPoint ?? remote.mountPoint)
    }
    var part = Part(environments: remote.environments, roots: [:])
    for (name, commit) in commits { part.roots[name] = root(commit, remote.environments.parameters[name]) }
    part.others = others.map { root($0, nil) }
    parts.append(part)
  }

  /// The environments that have a name of their own.
  var names: Set<String> { parts.reduce(into: []) { $0.formUnion($1.roots.keys) } }

  subscript(_ environment: String) -> [FileRoot] {
    parts.compactMap { part in
      part.roots[environment] ?? (part.environments.isExposed(environment) ? part.others : nil)
    }
  }
}
