/// One package to install: from a repository, at any or at one version, or from a file.
struct PackageTarget: Sendable, Hashable {
  var name: String
  /// Nil takes the candidate.
  var version: String?
  /// The path of a package file on the host instead of a repository.
  var file: String?

  init(_ name: String, version: String? = nil, file: String? = nil) {
    self.name = name
    self.version = version
    self.file = file
  }
}
