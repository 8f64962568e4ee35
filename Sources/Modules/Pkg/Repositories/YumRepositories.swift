import Functions
import HostSystem
import OrderedCollections
import Value

/// The repositories in dnf's `.repo` files.
enum YumRepositories {
  /// The options of a repository, and the file that it stands in; nil when it is not configured.
  static func find(_ id: String, in directory: String?, _ files: HostFiles) -> (options: ValueMap, path: String)? {
    for directory in directory.map({ [$0] }) ?? YumRepositoryRequest.directories {
      for name in files.entriesIfPresent(directory) where name.hasSuffix(".repo") {
        let path = "\(directory)/\(name)"
        guard let text = try? files.readText(path) else { continue }
        for (found, options) in YumRepositoryFile.parse(text) where found == id { return (options, path) }
      }
    }
    return nil
  }

  /// Takes a repository out of its file, which goes with its last one.
  ///
  /// - Returns: whether the file is gone.
  @discardableResult
  static func remove(_ id: String, from path: String, _ files: HostFiles) throws -> Bool {
    let text = try files.readText(path)
    guard YumRepositoryFile.parse(text).contains(where: { $0.id != id }) else {
      try files.remove(path)
      return true
    }
    var edited = YumRepositoryText(text)
    edited.remove(id)
    try files.write(path, text: edited.text)
    return false
  }
}
