import HostSystem
import Logging
import OrderedCollections
import Wire

/// Keeps the master's copies of git remotes up to date, and says which directories their environments are.
actor GitRoots {
  /// Seconds that the directory of a commit is kept when no environment is it any more: somebody may be reading.
  private static let grace = 600.0

  private let log = Logger(label: "git")
  private let directory: String
  private let publish: @Sendable (OrderedDictionary<String, [FileRoot]>) -> Void
  private var following: Task<Void, Never>?
  private var unusedSince: [String: Moment] = [:]
  private var saidProblems: [String: String] = [:]
  /// The commit that was served last, by remote and environment.
  private var served: [String: [String: String]] = [:]

  init(directory: String, publish: @escaping @Sendable (OrderedDictionary<String, [FileRoot]>) -> Void) {
    self.directory = directory
    self.publish = publish
  }

  /// Looks at the remotes now, and again and again.
  func follow(_ settings: FileServerSettings) {
    following?.cancel()
    following = nil
    guard settings.backends.contains(.git), !settings.gitRemotes.isEmpty else { return publish([:]) }
    following = Task { [weak self] in
      while !Task.isCancelled {
        await self?.update(settings.gitRemotes)
        try? await Task.sleep(for: .seconds(settings.gitInterval))
      }
    }
  }

  func stop() { following?.cancel() }

  private func update(_ remotes: [GitRemote]) async {
    var roots: OrderedDictionary<String, [FileRoot]> = [:]
    for remote in remotes {
      let repository = GitRepository(remote, directory: directory)
      await attempt(remote, "fetch") { try await repository.fetch() }
      if Task.isCancelled { return }
      var used: Set<String> = []
      // What was fetched before is served when the remote is away.
      var references = GitReferences("", base: remote.base)
      await attempt(remote, "references") {
        references = try await repository.references()
        guard !references.isCut else {
          throw HostError(
            .tooLarge,
            "\(remote.shownURL) has more than \(GitReferences.limit) branches and tags: those that come later by name are no "
              + "environments")
        }
      }
      for (environment, commit) in references.commits.sorted(by: { $0.key < $1.key }) {
        // One that cannot be checked out takes nobody else's environment away, and stays at its last one itself.
        var present = served[remote.url]?[environment]
        await attempt(remote, "environment \(environment)") {
          try await repository.checkOut(commit)
          present = commit
        }
        guard let present else { continue }
        served[remote.url, default: [:]][environment] = present
        used.insert(present)
        roots[environment, default: []].append(
          FileRoot(repository.tree(of: present), subdirectory: remote.root, mountPoint: remote.mountPoint))
      }
      served[remote.url] = served[remote.url]?.filter { references.commits[$0.key] != nil }
      forgetUnused(repository, used)
    }
    if !Task.isCancelled { publish(roots) }
  }

  /// A problem is said when it is new.
  private func attempt(_ remote: GitRemote, _ step: String, _ body: () async throws -> Void) async {
    let key = "\(step) \(remote.url)"
    do {
      try await body()
      if saidProblems.removeValue(forKey: key) != nil { log.info("\(remote.shownURL): well again") }
    } catch {
      let text = "\(error)"
      if saidProblems.updateValue(text, forKey: key) != text { log.error("\(text)") }
    }
  }

  private func forgetUnused(_ repository: GitRepository, _ used: Set<String>) {
    let now = Moment.now()
    for commit in repository.checkedOut() {
      let key = repository.tree(of: commit)
      if used.contains(commit) {
        unusedSince[key] = nil
      } else if now - (unusedSince[key] ?? now) > Self.grace {
        repository.remove(commit)
        unusedSince[key] = nil
      } else if unusedSince[key] == nil {
        unusedSince[key] = now
      }
    }
  }
}
