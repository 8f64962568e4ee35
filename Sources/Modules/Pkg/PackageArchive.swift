import HostSystem

/// A package file that apt keeps: `name_version_architecture.deb`, with `%3a` for a colon.
struct PackageArchive: Sendable, Hashable {
  static let directory = "/var/cache/apt/archives"

  var path: String
  var name: String
  var version: String

  init?(_ file: String) {
    guard file.hasSuffix(".deb") else { return nil }
    let parts = file.dropLast(4).split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    path = "\(Self.directory)/\(file)"
    name = String(parts[0])
    version = parts[1].split(separator: "%3a", omittingEmptySubsequences: false).joined(separator: ":")
  }

  static func all(_ files: HostFiles) -> [PackageArchive] {
    files.entriesIfPresent(directory).compactMap(PackageArchive.init)
  }
}
