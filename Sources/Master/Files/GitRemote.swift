import Wire

/// A git repository whose branches and tags are environments (Salt's `gitfs_remotes`), or that has pillar.
public struct GitRemote: Sendable, Hashable {
  public var url: String
  /// The directory of the repository that counts; empty for all of it.
  public var root: String
  /// Below which path its files appear.
  public var mountPoint: String
  public var environments: GitEnvironments
  public var access = GitAccess()
  /// Seconds between looks at it.
  public var interval = 60

  public init(url: String, root: String = "", base: String = "master", mountPoint: String = "") {
    self.url = url
    self.root = root
    self.mountPoint = mountPoint
    environments = GitEnvironments(base: base)
  }

  /// A name for its directory, and nothing that an address could break out with.
  var directoryName: String { String((FileDigest(of: Array(url.utf8))?.text ?? "").prefix(24)) }

  /// The address without what may be a password in it.
  var shownURL: String {
    guard let scheme = GitAddress.scheme(of: url) else { return url }
    let rest = url.dropFirst(scheme.utf8.count + 3)
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    guard let at = rest[..<end].lastIndex(of: "@") else { return url }
    return "\(scheme)://\(rest[rest.index(after: at)...])"
  }
}
