/// What an operator of this role may do.
public struct Role: Sendable, Hashable {
  public var name: String
  /// Target expressions (compound) of the minions it may touch.
  public var targets: [String]
  /// Globs of function names.
  public var functions: [String]
  /// May invite, accept, reject and revoke keys.
  public var mayManageKeys: Bool
  /// May add and remove operators.
  public var mayManageOperators: Bool
  /// May see the pillar of the minions it may touch, and change the key that is sealed to.
  public var mayReadPillar: Bool
  /// May see and cancel the jobs of others.
  public var seesAllJobs: Bool

  public init(
    name: String, targets: [String], functions: [String], mayManageKeys: Bool = false, mayManageOperators: Bool = false,
    mayReadPillar: Bool = false, seesAllJobs: Bool = false
  ) {
    self.name = name
    self.targets = targets
    self.functions = functions
    self.mayManageKeys = mayManageKeys
    self.mayManageOperators = mayManageOperators
    self.mayReadPillar = mayReadPillar
    self.seesAllJobs = seesAllJobs
  }

  /// The role of the operator that the master makes for root; always there.
  public static let admin = Role(
    name: "admin", targets: ["*"], functions: ["*"], mayManageKeys: true, mayManageOperators: true, mayReadPillar: true,
    seesAllJobs: true)
}
