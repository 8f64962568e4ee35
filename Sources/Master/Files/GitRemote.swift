import Configuration
import OrderedCollections
import Value
import Wire

/// A git repository whose branches and tags are file environments (Salt's `gitfs_remotes`).
public struct GitRemote: Sendable, Hashable {
  public var url: String
  /// The directory of the repository that counts; empty for all of it.
  public var root: String
  /// The branch that is the environment `base`.
  public var base: String
  /// Below which path its files appear.
  public var mountPoint: String

  public init(url: String, root: String = "", base: String = "master", mountPoint: String = "") {
    self.url = url
    self.root = root
    self.base = base
    self.mountPoint = mountPoint
  }

  /// A name for its directory, and nothing that an address could break out with.
  var directoryName: String { String((FileDigest(of: Array(url.utf8))?.text ?? "").prefix(24)) }

  /// The address without what may be a password in it.
  var shownURL: String {
    guard let range = url.firstRange(of: "://") else { return url }
    let rest = url[range.upperBound...]
    let end = rest.firstIndex(of: "/") ?? rest.endIndex
    guard let at = rest[..<end].lastIndex(of: "@") else { return url }
    return String(url[..<range.upperBound] + rest[rest.index(after: at)...])
  }

  /// Addresses that git takes and that start no program of their own: https, ssh, git and file, `user@host:path`, and
  /// absolute paths.
  static func isAllowed(_ url: String) -> Bool {
    guard !url.hasPrefix("-"), !url.utf8.contains(where: { $0 < 0x21 || $0 == 0x7F }) else { return false }
    if let range = url.firstRange(of: "://") {
      guard ["https", "http", "ssh", "git", "file"].contains(String(url[..<range.lowerBound])) else { return false }
      return !url[range.upperBound...].hasPrefix("-")
    }
    if url.hasPrefix("/") { return true }
    // `ext::sh -c …` and the like are helpers to be run.
    guard !url.contains("::"), let colon = url.firstIndex(of: ":") else { return false }
    let host = url[..<colon]
    return !host.isEmpty && !host.contains("/") && !(host.split(separator: "@").last ?? "-").hasPrefix("-")
  }

  static func read(_ file: inout ConfigurationFile) throws(ConfigurationError) -> [GitRemote] {
    let base = try file.string("gitfs_base", default: "master")
    let root = try file.string("gitfs_root", default: "")
    let mountPoint = try file.string("gitfs_mountpoint", default: "")
    let items = file.value("gitfs_remotes")?.listValue ?? []
    let place = file.place(of: "gitfs_remotes")
    func refuse(_ message: String) -> ConfigurationError {
      ConfigurationError(file: place.file, line: place.line, "'gitfs_remotes': \(message)")
    }
    var remotes: [GitRemote] = []
    for item in items {
      let entry = item.mapValue?.elements.first
      var remote = GitRemote(
        url: entry?.key.description ?? item.description, root: root, base: base, mountPoint: mountPoint)
      guard isAllowed(remote.url) else {
        throw refuse(
          "'\(remote.shownURL)' is no address: it is https://…, ssh://…, user@host:path, file:///… or a path")
      }
      for option in entry?.value.listValue ?? entry.map({ [$0.value] }) ?? [] {
        for (key, value) in option.mapValue ?? [:] {
          switch key.description {
          case "root": remote.root = value.description
          case "base": remote.base = value.description
          case "mountpoint": remote.mountPoint = value.description
          case "name": break
          default: throw refuse("there is no option '\(key)'; there are root, base, mountpoint and name")
          }
        }
      }
      if remote.mountPoint.hasPrefix("salt://") { remote.mountPoint.removeFirst("salt://".count) }
      for path in [\GitRemote.root, \GitRemote.mountPoint] {
        remote[keyPath: path] = remote[keyPath: path].split(separator: "/").joined(separator: "/")
        let text = remote[keyPath: path]
        guard text.isEmpty || FilePath(text) != nil else { throw refuse("'\(text)' is no path below a root") }
      }
      remotes.append(remote)
    }
    return remotes
  }
}
