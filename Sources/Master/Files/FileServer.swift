import HostSystem
import OrderedCollections
import Synchronization
import Wire

/// Answers what minions ask about files: reads directories and files, so never on the master's loop.
final class FileServer: Sendable {
  /// Further pages come from the listing that was begun with.
  private static let pagesLifetime = Duration.seconds(60)

  private struct State {
    var settings: FileServerSettings
    /// Roots from git, by environment.
    var gitRoots = GitFileRoots()
    var listings: [String: TreeListing] = [:]
    /// Environments that are walked, and who waits for it.
    var walks: [String: [@Sendable () -> Void]] = [:]
  }

  private let state: Mutex<State>
  private let digests = DigestCache()

  init(_ settings: FileServerSettings) { state = Mutex(State(settings: settings)) }

  func reload(_ settings: FileServerSettings) {
    state.withLock { state in
      state.settings = settings
      state.listings = [:]
    }
  }

  func setGitRoots(_ roots: GitFileRoots) {
    state.withLock { state in
      guard state.gitRoots != roots else { return }
      state.gitRoots = roots
      state.listings = [:]
    }
  }

  /// - Parameters:
  ///   - arrived: when the request came; what is older than that is no answer to it.
  ///   - retry: called when the same request can be answered later; the answer is nil then.
  func answer(
    _ request: FleetRequest, arrived: ContinuousClock.Instant = .now, retry: @escaping @Sendable () -> Void
  ) -> FleetReply? {
    do {
      switch request {
      case .environments: return .environments(environments())
      case .list(let request): return try listing(request, arrived, retry).map(FleetReply.listing)
      case .find(let request): return try find(request, retry)
      case .chunk(let request): return try chunk(request, retry)
      case .pillar, .event: return .refused(FleetRefusal(.unsupported, "that is no question about files"))
      }
    } catch let refusal as FleetRefusal {
      return .refused(refusal)
    } catch {
      return .refused(FleetRefusal(.failed, "\(error)"))
    }
  }

  // MARK: Roots

  private func environments() -> [EnvironmentName] {
    let names = state.withLock { state in
      state.settings.backends.flatMap { $0 == .roots ? Array(state.settings.roots.keys) : Array(state.gitRoots.names) }
    }
    return Set(names.filter { $0 != "__env__" }).sorted().compactMap { EnvironmentName($0) }
  }

  private func roots(of environment: EnvironmentName) -> (roots: [FileRoot], settings: FileServerSettings) {
    let name = environment.text
    return state.withLock { state in
      let roots = state.settings.backends.flatMap { backend in
        backend == .roots ? state.settings.directories(of: name) : state.gitRoots[name]
      }
      return (roots, state.settings)
    }
  }

  private func open(_ path: FilePath, _ environment: EnvironmentName) -> OpenFile? {
    let (roots, settings) = roots(of: environment)
    guard !settings.isIgnored(path.text) else { return nil }
    for root in roots {
      guard let relative = root.path(of: path.text), let directory = RootDirectory.open(root.directory),
        let file = directory.file(relative)
      else { continue }
      return file
    }
    return nil
  }

  // MARK: Answers

  private func listing(
    _ request: FileListRequest, _ arrived: ContinuousClock.Instant, _ retry: @escaping @Sendable () -> Void
  ) throws -> FileListing? {
    let name = request.environment.text
    // Thousands of minions ask at once: all that came before a walk began get what it saw.
    let (known, isParked) = state.withLock { state -> (TreeListing?, Bool) in
      if let listing = state.listings[name],
        listing.began >= arrived || (request.after != nil && .now - listing.began < Self.pagesLifetime)
      {
        return (listing, false)
      }
      guard state.walks[name] == nil else {
        state.walks[name]?.append(retry)
        return (nil, true)
      }
      state.walks[name] = []
      return (nil, false)
    }
    if isParked { return nil }
    return try (known ?? walk(request.environment)).page(request)
  }

  private func walk(_ environment: EnvironmentName) throws -> TreeListing {
    let name = environment.text
    let began = ContinuousClock.now
    let (roots, settings) = roots(of: environment)
    var walk = TreeWalk(settings, digests)
    for root in roots { walk.add(root) }
    let listing = TreeListing(walk, began: began)
    let problem = walk.problem
    let waiting = state.withLock { state in
      // Minions may ask for any number of names that `__env__` stands for.
      if state.listings.count >= 64 { state.listings = [:] }
      state.listings[name] = problem == nil ? listing : nil
      return state.walks.removeValue(forKey: name) ?? []
    }
    for retry in waiting { retry() }
    if let problem {
      throw FleetRefusal(.failed, "the environment '\(name)' is not listed: \(problem)")
    }
    return listing
  }

  private func find(_ request: FileFindRequest, _ retry: @escaping @Sendable () -> Void) throws -> FleetReply? {
    // One that is written meanwhile is looked at again.
    for _ in 0..<5 {
      guard let file = open(request.path, request.environment) else { return .absent }
      let identity = file.identity
      // To be looked at before it is read: what is written later may have the same time on it.
      let isFresh = identity.isFresh
      if !isFresh, let known = digests.known(identity), known == request.known {
        return .file(FileDescription(digest: known, size: identity.size, mode: file.mode))
      }
      if identity.size <= FileFindRequest.inlineLimit {
        let content = try file.read(at: 0, count: Int(identity.size) + 1)
        guard Int64(content.count) == identity.size, file.isUnchanged, let digest = FileDigest(of: content) else {
          continue
        }
        if !isFresh { digests.remember(identity, digest) }
        return .file(
          FileDescription(
            digest: digest, size: identity.size, mode: file.mode, content: digest == request.known ? nil : content))
      }
      switch digests.claim(identity, orLater: retry) {
      case .parked: return nil
      case .known(let digest):
        return .file(FileDescription(digest: digest, size: identity.size, mode: file.mode))
      case .yours:
        guard let digest = try digest(of: file) else { continue }
        return .file(FileDescription(digest: digest, size: identity.size, mode: file.mode))
      }
    }
    throw FleetRefusal(.failed, "\(request.path) is written all the time")
  }

  private func chunk(_ request: FileChunkRequest, _ retry: @escaping @Sendable () -> Void) throws -> FleetReply? {
    let changed = FleetRefusal(.changed, "\(request.path) is not that content any more")
    guard let file = open(request.path, request.environment) else { throw changed }
    switch digests.claim(file.identity, orLater: retry) {
    case .parked: return nil
    case .known(let digest): guard digest == request.digest else { throw changed }
    case .yours: guard try digest(of: file) == request.digest else { throw changed }
    }
    let bytes = try file.read(at: request.offset, count: Int(request.length))
    guard file.isUnchanged else { throw changed }
    return .chunk(bytes)
  }

  /// Reads a file that was claimed; nil when it changed meanwhile.
  private func digest(of file: borrowing OpenFile) throws -> FileDigest? {
    let isFresh = file.identity.isFresh
    var digest: FileDigest?
    defer { digests.finish(file.identity, isFresh ? nil : digest) }
    let found = try file.digest()
    guard file.isUnchanged else { return nil }
    digest = found
    return found
  }
}
