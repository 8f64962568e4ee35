public import Functions
import Glibc
import HostSystem
public import OrderedCollections
import Synchronization
import Value

/// `salt://` files from directories of this host. Nothing outside of a root is ever given out: a symbolic link that
/// leads out of its root is as good as missing, as in Salt.
///
/// Listings are kept as long as the source lives: make a new one for each run.
public final class LocalFileSource: FileSource {
  /// How deep directories are listed, and how many entries a root may have.
  private static let depthLimit = 64
  private static let countLimit = 500_000

  private struct Listing {
    var files: [String] = []
    var directories: [String] = []
    var symlinks: OrderedDictionary<String, String> = [:]
  }

  private let roots: FileRoots
  private let listings = Mutex<[String: Listing]>([:])

  public init(_ roots: FileRoots) { self.roots = roots }

  public func environments() async throws -> [String] { Array(roots.directories.keys.filter { $0 != "__env__" }) }

  public func localPath(of path: String, environment: String) async throws -> String? {
    guard Self.isValid(path) else { return nil }
    for root in roots[environment] {
      if let found = Self.resolve(path, in: root), HostFiles().isFile(found) { return "\(root)/\(path)" }
    }
    return nil
  }

  public func files(below directory: String, environment: String) async throws -> [String] {
    Self.select(try listing(of: environment).files, below: directory)
  }

  public func directories(below directory: String, environment: String) async throws -> [String] {
    Self.select(try listing(of: environment).directories, below: directory)
  }

  public func symlinks(below directory: String, environment: String) async throws -> OrderedDictionary<String, String> {
    let links = try listing(of: environment).symlinks
    let chosen = Set(Self.select(Array(links.keys), below: directory))
    return links.filter { chosen.contains($0.key) }
  }

  /// Relative, without `..`, empty parts and NUL.
  private static func isValid(_ path: String) -> Bool {
    guard !path.isEmpty, path.utf8.count < 4096, !path.utf8.contains(0), !path.hasPrefix("/") else { return false }
    return !path.split(separator: "/", omittingEmptySubsequences: false).contains { $0.isEmpty || $0 == ".." }
  }

  /// The real path of what stands below a root; nil when there is nothing, or it lies outside.
  private static func resolve(_ path: String, in root: String) -> String? {
    guard let base = realPath(root), let found = realPath("\(root)/\(path)") else { return nil }
    return found == base || found.hasPrefix(base == "/" ? "/" : base + "/") ? found : nil
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func select(_ paths: [String], below directory: String) -> [String] {
    var prefix = directory
    while prefix.hasSuffix("/") { prefix.removeLast() }
    guard !prefix.isEmpty else { return paths }
    return paths.filter { $0.utf8.count > prefix.utf8.count && $0.hasPrefix(prefix + "/") }
  }

  private func listing(of environment: String) throws -> Listing {
    if let known = listings.withLock({ $0[environment] }) { return known }
    var files: Set<String> = []
    var directories: Set<String> = []
    var symlinks: [String: String] = [:]
    for root in roots[environment] where HostFiles().isDirectory(root) {
      try Self.walk("", root, into: &files, &directories, &symlinks, above: [])
    }
    let links = OrderedDictionary(uniqueKeysWithValues: symlinks.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    let listing = Listing(files: files.sorted(), directories: directories.sorted(), symlinks: links)
    listings.withLock { $0[environment] = listing }
    return listing
  }

  /// - Parameter above: real paths of the directories that led here, against loops of links.
  private static func walk(
    _ directory: String, _ root: String, into files: inout Set<String>, _ directories: inout Set<String>,
    _ symlinks: inout [String: String], above: Set<String>
  ) throws {
    guard let real = resolve(directory.isEmpty ? "." : directory, in: root), !above.contains(real) else { return }
    guard above.count < depthLimit, files.count + directories.count < countLimit else {
      throw FunctionError(
        .failed, "\(root) is not listed: it has more than \(countLimit) files or \(depthLimit) levels.",
        hint: "Take what is no state out of file_roots.")
    }
    let host = HostFiles()
    for name in host.entriesIfPresent(real) {
      let path = directory.isEmpty ? name : "\(directory)/\(name)"
      guard let status = host.status("\(real)/\(name)", followingLinks: false) else { continue }
      var kind = status.kind
      if kind == .link {
        guard let target = resolve(path, in: root), let pointed = host.status(target) else { continue }
        kind = pointed.kind
        if symlinks[path] == nil, !files.contains(path) { symlinks[path] = host.linkTarget("\(real)/\(name)") }
      }
      switch kind {
      case .file: files.insert(path)
      case .dir:
        directories.insert(path)
        try walk(path, root, into: &files, &directories, &symlinks, above: above.union([real]))
      default: continue
      }
    }
  }
}
