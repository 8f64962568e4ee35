/// How a transaction is to be run.
struct PackageOptions: Sendable, Hashable {
  /// What becomes of a configuration file that both the administrator and the package changed.
  enum ConfigurationFiles: String, Sendable, Hashable {
    case keep, new
  }

  var configurationFiles = ConfigurationFiles.keep
  /// How long to wait for another program's package lock.
  var lockTimeout = Duration.seconds(120)
  /// How long the tool may run once it has the lock; nil leaves that to the job's deadline.
  var timeout: Duration?
  /// A release (apt) or a repository's id (dnf).
  var fromRepository: String?
  /// Nil leaves the host's setting.
  var installsRecommended: Bool?
  var isOnlyUpgrade = false
  var isReinstall = false
  var isDownloadOnly = false
  var isDowngradeAllowed = false
  var isHeldChangeAllowed = false
  var isUnauthenticatedAllowed = false
}
