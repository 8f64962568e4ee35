import Functions
import HostSystem
import OrderedCollections
import Value

/// Brings a repository with its key to where a request wants it: looks, then acts.
struct AptRepositorySetup: Sendable {
  /// What is to do.
  struct Finding: Sendable {
    /// As it is configured now; empty when it is not.
    var before: ValueMap
    /// As it will be.
    var after: ValueMap
    /// The files with the change made.
    var repositories: AptRepositories
    /// The key to put in place, where one is missing or another; nil in test mode for one that would have to be fetched.
    var key: OpenPGPKey?
    var keyChange: ValueMap?

    var isDone: Bool { repositories.changedPaths.isEmpty && keyChange == nil }

    /// Salt's `{field: {new, old}}` of what differs.
    var differences: ValueMap {
      var changes: ValueMap = [:]
      for (field, value) in after where field != "file" && field != "enabled" && before[field] != value {
        changes[field] = ["new": value, "old": before[field] ?? .null]
      }
      if let keyChange { changes["key"] = .map(keyChange) }
      if changes.isEmpty, !isDone { changes["files"] = .strings(repositories.changedPaths) }
      return changes
    }
  }

  let request: AptRepositoryRequest
  let keySource: RepositoryKeySource?
  let keys: RepositoryKeys
  let context: FunctionContext

  init(
    _ name: String, _ arguments: Arguments, _ context: FunctionContext, environment: String, isEnabledByDefault: Bool
  ) throws {
    request = try AptRepositoryRequest(name, arguments, isEnabledByDefault: isEnabledByDefault)
    keySource = try RepositoryKeySource(arguments)
    keys = RepositoryKeys(context: context, environment: environment)
    self.context = context
    guard let keySource, case .server = keySource, !request.line.signedBy.isEmpty else { return }
    guard request.line.signedBy.hasPrefix("/") else {
      throw FunctionError(.badArguments, "A key can only be put where signed-by names a path.")
    }
  }

  var keyPath: String { RepositoryKeys.path(for: request) }

  /// Whether the key then holds for all repositories of the host.
  var isKeyTrustedForAll: Bool { keySource != nil && !request.line.signedBy.hasPrefix("/") }

  func look() async throws -> Finding {
    let now = try AptRepositories.read(context.files)
    var then = now
    try then.put(request)
    var finding = Finding(
      before: now.find(request).map { value(now[$0]) } ?? [:], after: then.find(request).map { value(then[$0]) } ?? [:],
      repositories: then)
    try await lookAtKey(&finding)
    return finding
  }

  /// A key that is near is compared; one that is far is fetched when the repository is changed or the key is missing.
  private func lookAtKey(_ finding: inout Finding) async throws {
    guard let keySource else { return }
    let old = keys.fingerprint(at: keyPath)
    guard keySource.isNear || old.isEmpty || !finding.repositories.changedPaths.isEmpty else { return }
    guard keySource.isNear || !context.isTest else {
      if old.isEmpty { finding.keyChange = ["new": .string(keyPath), "old": ""] }
      return
    }
    let key = try await keys.fetch(keySource)
    guard !keys.isInPlace(key, at: keyPath) else { return }
    finding.key = key
    finding.keyChange = ["new": .string(key.fingerprint), "old": .string(old)]
  }

  private func value(_ source: AptSource?) -> ValueMap {
    guard let source else { return [:] }
    let line = request.line
    let suite = source.suites.contains(line.suite) ? line.suite : source.suites.first ?? ""
    let uri = source.uris.first { AptRepositories.withoutSlash($0) == AptRepositories.withoutSlash(line.uri) }
    return source.value(uri: uri ?? source.uris.first ?? "", suite: suite, type: line.type).mapValue ?? [:]
  }

  /// Puts the key and the files in place, and has apt read them if asked to. When apt then can read no repository at all
  /// the files are put back.
  func apply(_ finding: Finding, refreshing provider: AptProvider?, lockTimeout: Duration) async throws {
    if let key = finding.key { try keys.place(key, at: keyPath) }
    try finding.repositories.save(context.files)
    guard let provider else { return }
    do { _ = try await provider.refresh(lockTimeout: lockTimeout) } catch let error as FunctionError {
      guard error.message.contains("The list of sources could not be read") else { throw error }
      finding.repositories.restore(context.files)
      var error = error
      error.message =
        "apt could not read its sources with this repository; they are as they were before. \(error.message)"
      throw error
    }
  }
}
