/// One change asked of a package tool. All names in it have passed `PackageName`'s rules.
struct PackageTransaction: Sendable, Hashable {
  enum Action: Sendable, Hashable {
    case install([PackageTarget])
    /// Upgrades these installed packages and nothing else but what they need.
    case upgrade([String])
    /// Upgrades everything; the distribution upgrade may also install and remove.
    case upgradeAll(isDistributionUpgrade: Bool)
    case remove([String])
    case purge([String])
    case autoremove(isPurging: Bool)
  }

  var action: Action
  var options = PackageOptions()

  init(_ action: Action, options: PackageOptions = PackageOptions()) {
    self.action = action
    self.options = options
  }
}
