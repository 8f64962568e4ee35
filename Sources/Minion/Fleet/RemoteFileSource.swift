public import Functions
import HostSystem
public import OrderedCollections
import Synchronization
import Wire

/// `salt://` files from the master, kept in the cache.
///
/// Listings, and what was found, are kept as long as the source lives: make a new one for each run.
public final class RemoteFileSource: FileSource {
  private struct Seen {
    var listings: [String: [FileEntry]] = [:]
    /// Files of listings, by environment and path.
    var listed: [String: FileEntry] = [:]
    var modes: [String: UInt32] = [:]
    var paths: [String: String] = [:]
  }

  private let client: FleetClient
  private let cache: FileCache
  private let seen = Mutex(Seen())

  public init(client: FleetClient, cache: FileCache) {
    self.client = client
    self.cache = cache
  }

  public func environments() async throws -> [String] {
    guard case .environments(let names) = try await client.answer(.environments, for: "its file environments") else {
      throw unexpected("its environments")
    }
    return names.map(\.text)
  }

  // MARK: Files

  public func localPath(of path: String, environment: String) async throws -> String? {
    guard let name = FilePath(path), let environment = EnvironmentName(environment) else { return nil }
    let key = "\(environment):\(path)"
    if let known = seen.withLock({ $0.paths[key] }), HostFiles().isFile(known) { return known }
    guard let place = try await fetch(name, environment, key) else { return nil }
    seen.withLock { $0.paths[key] = place }
    return place
  }

  private func fetch(_ path: FilePath, _ environment: EnvironmentName, _ key: String) async throws -> String? {
    if let listed = seen.withLock({ $0.listed[key] }), let digest = listed.digest, cache.has(digest, size: listed.size)
    {
      return try cache.link(path, environment, to: digest)
    }
    // One that is written while it is fetched is asked for again.
    for _ in 0..<5 {
      guard let file = try await find(path, environment, key) else { return nil }
      if let content = file.content {
        guard FileDigest(of: content) == file.digest else { continue }
        try store(content, file.digest, path)
      } else if !cache.has(file.digest, size: file.size) {
        let download = FileDownload(client: client, cache: cache, environment: environment, path: path, file: file)
        if case .changed = try await download.run() { continue }
      }
      return try cache.link(path, environment, to: file.digest)
    }
    throw FunctionError(.failed, "salt://\(path) is written on the master all the time, and cannot be fetched.")
  }

  private func find(_ path: FilePath, _ environment: EnvironmentName, _ key: String) async throws -> FileDescription? {
    let request = FileFindRequest(environment: environment, path: path, known: cache.known(path, environment))
    // The master may have to read a large file first.
    switch try await client.answer(.find(request), for: "salt://\(path)", seconds: 600) {
    case .absent: return nil
    case .file(let file):
      seen.withLock { $0.modes[key] = file.mode }
      return file
    default: throw unexpected("salt://\(path)")
    }
  }

  private func store(_ content: [UInt8], _ digest: FileDigest, _ path: FilePath) throws {
    do { try cache.store(content, digest) } catch {
      guard error.code == .noSpace else { throw FunctionError(.failed, error.message) }
      throw FunctionError(
        .failed, "There is no room in \(cache.directory) for salt://\(path).",
        hint: "Make room, or give the cache another place (cache_dir in minion.yaml).")
    }
  }

  public func mode(of path: String, environment: String) async throws -> UInt32? {
    guard let name = FilePath(path), let environment = EnvironmentName(environment) else { return nil }
    let key = "\(environment):\(path)"
    if let known = seen.withLock({ $0.modes[key] }) { return known }
    return try await find(name, environment, key)?.mode
  }

  public func digest(of path: String, environment: String) async throws -> String? {
    guard let name = FilePath(path), let environment = EnvironmentName(environment) else { return nil }
    return try await find(name, environment, "\(environment):\(path)")?.digest.text
  }

  public func cachedPath(of path: String, environment: String) -> String? {
    guard let path = FilePath(path), let environment = EnvironmentName(environment) else { return nil }
    return cache.path(of: path, environment)
  }

  public func prefetch(_ paths: [String], environment: String) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      var rest = paths[...]
      func addOne() {
        guard let path = rest.popFirst() else { return }
        group.addTask { _ = try await self.localPath(of: path, environment: environment) }
      }
      for _ in 0..<(FleetConversation.window * 2) { addOne() }
      while try await group.next() != nil { addOne() }
    }
  }

  // MARK: Listings

  public func files(below directory: String, environment: String) async throws -> [String] {
    try await select(.files, below: directory, environment).map(\.path.text)
  }

  public func directories(below directory: String, environment: String) async throws -> [String] {
    try await select(.directories, below: directory, environment).map(\.path.text)
  }

  public func symlinks(below directory: String, environment: String) async throws
    -> OrderedDictionary<String, String>
  {
    var links: OrderedDictionary<String, String> = [:]
    for entry in try await select(.symlinks, below: directory, environment) {
      links[entry.path.text] = entry.target ?? ""
    }
    return links
  }

  private func select(_ kind: FileKind, below directory: String, _ environment: String) async throws -> [FileEntry] {
    guard let environment = EnvironmentName(environment) else { return [] }
    var prefix = directory
    while prefix.hasSuffix("/") { prefix.removeLast() }
    let all = try await listing(kind, environment)
    return prefix.isEmpty ? all : all.filter { $0.path.text.hasPrefix(prefix + "/") }
  }

  private func listing(_ kind: FileKind, _ environment: EnvironmentName) async throws -> [FileEntry] {
    let key = "\(kind.rawValue):\(environment)"
    if let known = seen.withLock({ $0.listings[key] }) { return known }
    var entries: [FileEntry] = []
    var request = FileListRequest(environment: environment, kind: kind)
    while true {
      let reply = try await client.answer(.list(request), for: "the list of environment '\(environment)'", seconds: 120)
      guard case .listing(let page) = reply else { throw unexpected("a list of files") }
      entries += page.entries
      guard page.hasMore, let last = page.entries.last?.path, last != request.after else { break }
      request.after = last
    }
    seen.withLock { seen in
      seen.listings[key] = entries
      if kind == .files { for entry in entries { seen.listed["\(environment):\(entry.path)"] = entry } }
    }
    return entries
  }

  private func unexpected(_ what: String) -> FunctionError {
    FunctionError(.failed, "The master answers something else than \(what).", hint: "Its version may be another one.")
  }
}
