import HostSystem
import Logging
import OrderedCollections
import States
import Value
import Wire

/// Keeps the master's copies of the git repositories that have pillar, and finds the directories of their branches.
actor GitPillarRepositories {
  /// Seconds that a directory is kept when it was not asked for.
  private static let grace = 3600.0

  private let log = Logger(label: "git-pillar")
  private let directory: String
  private var remotes: [GitRemote] = []
  private var following: Task<Void, Never>?
  /// A look at a repository that is under way.
  private var fetches: [String: Task<String?, Never>] = [:]
  private var lastFetch: [String: Moment] = [:]
  /// Branches that entries name, by address.
  private var branches: [String: Set<String>] = [:]
  private var references: [String: GitReferences] = [:]
  private var problems: [String: String] = [:]
  private var checkouts: [String: Task<Void, any Error>] = [:]
  private var lastUse: [String: Moment] = [:]

  init(directory: String) { self.directory = directory }

  /// Looks at the repositories now, and again and again.
  func follow(_ entries: [GitPillarRemote]) {
    following?.cancel()
    following = nil
    var seen: Set<String> = []
    for entry in entries { branches[entry.remote.url, default: []].insert(entry.branch) }
    remotes = entries.map(\.remote).filter { seen.insert($0.url).inserted }
    guard let interval = remotes.map(\.interval).min() else { return }
    following = Task { [weak self] in
      while !Task.isCancelled {
        _ = await self?.updateNow()
        try? await Task.sleep(for: .seconds(interval))
      }
    }
  }

  func stop() { following?.cancel() }

  /// Looks at all of them.
  ///
  /// - Returns: what went wrong, by address.
  func updateNow() async -> [String: String] {
    var found: [String: String] = [:]
    for remote in remotes {
      if let problem = await fetch(remote) { found[remote.shownURL] = problem }
      forgetUnused(remote)
    }
    return found
  }

  private func fetch(_ remote: GitRemote) async -> String? { await begin(remote).value }

  /// A look that is under way already, or a new one.
  private func begin(_ remote: GitRemote) -> Task<String?, Never> {
    if let running = fetches[remote.url] { return running }
    let repository = GitRepository(remote, directory: directory)
    let named = Array(branches[remote.url] ?? [])
    let task = Task<String?, Never> {
      var problem: String?
      var found: GitReferences?
      do { try await repository.fetch() } catch { problem = "\(error)" }
      // What was fetched before is used when the repository is away.
      do { found = try await repository.references(named) } catch { problem = problem ?? "\(error)" }
      self.ended(remote, found, problem)
      return problem
    }
    fetches[remote.url] = task
    lastFetch[remote.url] = .now()
    return task
  }

  private func ended(_ remote: GitRemote, _ found: GitReferences?, _ problem: String?) {
    fetches[remote.url] = nil
    if let found, found != GitReferences("") { references[remote.url] = found }
    say(problem, remote)
  }

  /// Waits for the first look, no longer than the compile may take. One that failed is not made again for each compile.
  private func awaitReferences(_ remote: GitRemote) async {
    guard references[remote.url] == nil else { return }
    let isRecent = lastFetch[remote.url].map { Moment.now() - $0 < Double(remote.interval) } ?? false
    if fetches[remote.url] == nil, !isRecent { _ = begin(remote) }
    while fetches[remote.url] != nil, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(20)) }
  }

  /// A problem is said when it is new.
  private func say(_ problem: String?, _ remote: GitRemote) {
    let before = problems[remote.url]
    problems[remote.url] = problem
    if let problem, problem != before { log.error("\(problem)") }
    if problem == nil, before != nil { log.info("\(remote.shownURL): well again") }
  }

  // MARK: For compiles

  /// The directories of these entries, in order.
  func parts(
    _ entries: [GitPillarRemote], _ pillarenv: String?, _ saltenv: String?, includingOthers: Bool
  ) async throws(PillarProblem) -> [GitPillarPart] {
    var places: [(environment: String, directory: String, isMounted: Bool)] = []
    for entry in entries {
      guard let directory = try await directory(of: entry, entry.ref(pillarenv, saltenv)) else { continue }
      places.append((entry.environment(pillarenv, saltenv), directory, !entry.remote.mountPoint.isEmpty))
    }
    return places.enumerated().filter { !$0.element.isMounted }.map { index, place in
      let others = places.enumerated().filter { $0.offset != index && $0.element.environment == place.environment }
      return GitPillarPart(
        environment: place.environment,
        directories: [place.directory] + (includingOthers ? others.map(\.element.directory) : []))
    }
  }

  private func directory(of entry: GitPillarRemote, _ ref: String) async throws(PillarProblem) -> String? {
    let remote = entry.remote
    branches[remote.url, default: []].insert(entry.branch)
    await awaitReferences(remote)
    func failure(_ message: String) -> PillarProblem {
      PillarProblem("Failed to load ext_pillar git: \(message)", summary: "ext_pillar git of \(remote.shownURL) failed")
    }
    guard let known = references[remote.url] else {
      throw failure(problems[remote.url] ?? "\(remote.shownURL) cannot be had")
    }
    let kinds = remote.environments.kinds
    guard
      let commit = known.commit(of: ref, kinds) ?? remote.environments.fallback.flatMap({ known.commit(of: $0, kinds) })
    else {
      guard entry.isOptional else {
        throw failure(problems[remote.url] ?? "\(remote.shownURL) has no branch or tag '\(ref)'")
      }
      return nil
    }
    let repository = GitRepository(remote, directory: directory)
    let name = Self.name(commit, remote)
    do {
      try await checkOut(repository, commit, name)
    } catch {
      throw failure("\(error)")
    }
    lastUse[repository.tree(of: name)] = .now()
    return repository.tree(of: name)
  }

  /// The directory's name: the commit, and what of it is put where.
  private static func name(_ commit: String, _ remote: GitRemote) -> String {
    guard !remote.root.isEmpty || !remote.mountPoint.isEmpty else { return commit }
    let part = FileDigest(of: Array("\(remote.root)\u{0}\(remote.mountPoint)".utf8))?.text ?? ""
    return "\(commit)-\(part.prefix(16))"
  }

  private func checkOut(_ repository: GitRepository, _ commit: String, _ name: String) async throws {
    let place = repository.tree(of: name)
    if lastUse[place] != nil, HostFiles().isDirectory(place) { return }
    let remote = repository.remote
    let task =
      checkouts[place]
      ?? Task { try await repository.checkOut(commit, part: remote.root, below: remote.mountPoint, as: name) }
    checkouts[place] = task
    defer { checkouts[place] = nil }
    try await task.value
  }

  private func forgetUnused(_ remote: GitRemote) {
    let repository = GitRepository(remote, directory: directory)
    let now = Moment.now()
    for name in repository.checkedOut() {
      let place = repository.tree(of: name)
      guard checkouts[place] == nil else { continue }
      if let used = lastUse[place] {
        guard now - used > Self.grace else { continue }
        lastUse[place] = nil
        repository.remove(name)
      } else {
        // It is of an earlier start.
        lastUse[place] = now
      }
    }
  }
}
