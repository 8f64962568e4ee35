public import Value

/// Directories of one environment whose pillar a git repository has (Salt's `git_pillar`): the first has the top file,
/// the others are there to be included from.
public struct GitPillarPart: Sendable, Hashable {
  /// Finds the directories of an `ext_pillar: git` setting.
  ///
  /// - Throws: `PillarProblem` when a repository or a branch cannot be had.
  public typealias Source =
    @Sendable (_ setting: Value, _ pillarenv: String?, _ saltenv: String?) async throws(PillarProblem)
    -> [GitPillarPart]

  public var environment: String
  public var directories: [String]

  public init(environment: String, directories: [String]) {
    self.environment = environment
    self.directories = directories
  }
}
