import OrderedCollections
import States
import Value
import Wire

/// One entry of `ext_pillar: git`: a branch of a repository, and which environment its pillar is.
struct GitPillarRemote: Sendable, Hashable {
  private static let environmentBranch = "__env__"
  private static let names = GitRemoteReader.access + ["base", "root", "env", "fallback", "ref_types", "mountpoint"]
  /// What `git_pillar_NAME` sets for all of them.
  static let general = GitRemoteReader.access + ["base", "branch", "root", "env", "fallback", "update_interval"]

  var remote: GitRemote
  /// `__env__` stands for the branch of the environment that is asked for.
  var branch: String
  var environment: String?

  /// The entries of one setting.
  ///
  /// - Parameter general: what is set for all of them.
  static func read(_ setting: Value, _ general: ValueMap) throws(GitRemoteReader.Fault) -> [GitPillarRemote] {
    let reader = GitRemoteReader(
      general: general, known: names + ["name", "all_saltenvs", "update_interval"])
    var remotes: [GitPillarRemote] = []
    for item in setting.listValue ?? [] {
      let (address, options) = try reader.remote(item)
      let words = address.split(separator: " ", maxSplits: 1).map(String.init)
      let remote = try GitRemoteReader.remote(words.last ?? "", options)
      // As in Salt: an address alone is of the branch that is set for all.
      let branch = words.count == 2 ? words[0] : options["branch"]?.description ?? "master"
      guard !branch.hasPrefix("-"), !branch.utf8.contains(where: { $0 < 0x21 }) else {
        throw GitRemoteReader.Fault("'\(branch)' is no name of a branch")
      }
      let environment = options["env"].flatMap { $0.isNull || $0.description.isEmpty ? nil : $0.description }
      if let environment, environment != environmentBranch, EnvironmentName(environment) == nil {
        throw GitRemoteReader.Fault("'\(environment)' is no name of an environment")
      }
      remotes.append(GitPillarRemote(remote: remote, branch: branch, environment: environment))
    }
    return remotes
  }

  private var base: String { remote.environments.base }

  /// Whether its branch depends on the environment, so that it may be missing.
  var isOptional: Bool { branch == Self.environmentBranch }

  /// The branch, tag or commit.
  func ref(_ pillarenv: String?, _ saltenv: String?) -> String {
    guard isOptional else { return branch }
    if let all = remote.environments.all { return all }
    let wanted = pillarenv ?? saltenv ?? "base"
    return wanted == "base" ? base : wanted
  }

  /// The environment that its pillar belongs to.
  func environment(_ pillarenv: String?, _ saltenv: String?) -> String {
    let asked = pillarenv ?? saltenv
    if isOptional, remote.environments.all != nil { return asked ?? "base" }
    if let environment { return environment == Self.environmentBranch ? asked ?? base : environment }
    let ref = ref(pillarenv, saltenv)
    return ref == base ? "base" : ref
  }
}
