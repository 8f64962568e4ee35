import HostSystem
import Logging
import OrderedCollections
import Wire

/// Keeps the master's copies of git remotes up to date, and says which directories their environments are.
actor GitRoots {
  /// Seconds that the directory of a commit is kept when no environment is it any more: somebody may be reading.
  private static let grace = 600.0
  /// Stands for every environment without a name; no name of one is empty.
  private static let others = ""

  private let log = Logger(label: "git")
  private let directory: String
  private let publish: @Sendable (GitFileRoots) -> Void
  private var following: Task<Void, Never>?
  private var isUpdating = false
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var unusedSince: [String: Moment] = [:]
  private var saidProblems: [String: String] = [:]
  /// The commit that was served last, by remote and environment.
  private var served: [String: [String: String]] = [:]
  private var remotes: [GitRemote] = []
  private var fetched: [GitRemote: Moment] = [:]

  init(directory: String, publish: @escaping @Sendable (GitFileRoots) -> Void) {
    self.directory = directory
    self.publish = publish
  }

  /// Looks at the remotes now, and again and again.
  func follow(_ settings: FileServerSettings) {
    following?.cancel()
    following = nil
    remotes = settings.backends.contains(.git) ? settings.gitRemotes : []
    fetched = [:]
    guard let interval = remotes.map(\.interval).min() else { return publish(GitFileRoots()) }
    following = Task { [weak self] in
      while !Task.isCancelled {
        await self?.update(isForced: false)
        try? await Task.sleep(for: .seconds(interval))
      }
    }
  }

  /// Looks at all remotes now.
  ///
  /// - Returns: what went wrong, by address.
  func updateNow() async -> [String: String] {
    await update(isForced: true)
    var problems: [String: String] = [:]
    for remote in remotes {
      for step in ["fetch", "references"] {
        if let problem = saidProblems["\(step) \(remote.url)"] { problems[remote.shownURL] = problem }
      }
    }
    return problems
  }

  func stop() { following?.cancel() }

  private func update(isForced: Bool) async {
    while isUpdating { await withCheckedContinuation { waiting.append($0) } }
    isUpdating = true
    defer {
      isUpdating = false
      for continuation in waiting { continuation.resume() }
      waiting = []
    }
    var roots = GitFileRoots()
    for remote in remotes {
      let repository = GitRepository(remote, directory: directory)
      let now = Moment.now()
      // A look may come a little early; half a second is none.
      if isForced || fetched[remote].map({ now - $0 > Double(remote.interval) - 0.5 }) ?? true {
        fetched[remote] = now
        await attempt(remote, "fetch") { try await repository.fetch() }
      }
      if Task.isCancelled { return }
      var used: Set<String> = []
      // What was fetched before is served when the remote is away.
      var references = GitReferences("")
      await attempt(remote, "references") {
        references = try await repository.references()
        guard !references.isCut else {
          throw HostError(
            .tooLarge,
            "\(remote.shownURL) has more than \(GitReferences.limit) branches and tags: those that come later by name are no "
              + "environments")
        }
      }
      var commits = remote.environments.commits(references)
      commits[Self.others] = remote.environments.commitOfOthers(references)
      var present: [String: String] = [:]
      for (environment, commit) in commits.sorted(by: { $0.key < $1.key }) {
        // One that cannot be checked out takes nobody else's environment away, and stays at its last one itself.
        present[environment] = served[remote.url]?[environment]
        await attempt(remote, "environment \(environment)") {
          try await repository.checkOut(commit)
          present[environment] = commit
        }
      }
      served[remote.url] = present
      used.formUnion(present.values)
      let others = present.removeValue(forKey: Self.others)
      roots.add(remote, present, others: others) { repository.tree(of: $0) }
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
