import OrderedCollections
import Value

/// A package system: queries of its database, and transactions. One provider per family (apt, dnf).
protocol PackageProvider: Sendable {
  /// What the commands are called in messages.
  var program: String { get }

  /// Whether a name may be given to the tools.
  func isValid(name: String) -> Bool

  /// The whole database now.
  func state() async throws -> PackageState

  /// The newest version the repositories offer of each package; a package they do not know has no entry.
  func candidates(of names: [String], fromRepository: String?) async throws -> [String: String]

  /// What an upgrade of everything would bring: name to new version.
  func upgrades(isDistributionUpgrade: Bool, fromRepository: String?) async throws -> [String: String]

  /// Fetches the repositories' lists.
  func refresh(lockTimeout: Duration) async throws -> RepositoryRefresh

  /// Seconds since the epoch of the last refresh; nil when never or unknown.
  func lastRefresh() -> Double?

  func perform(_ transaction: PackageTransaction, from state: PackageState) async throws

  /// What `perform` would change, from the tool's own simulation. Changes nothing.
  func predict(_ transaction: PackageTransaction, from state: PackageState) async throws -> PackageChanges

  /// Names of held packages, with versions where the tool keeps them and `isFull`.
  func holds(isFull: Bool) async throws -> [String]

  func setHold(_ isHeld: Bool, _ name: String) async throws

  /// The package that a path belongs to; empty when none.
  func owner(of path: String) async throws -> String

  /// The paths of these packages, or of all when none is named; and a sentence for each that is not installed.
  func files(of names: [String]) async throws -> (files: [String], errors: [String])

  /// The paths of each of these installed packages.
  func filesByPackage(_ names: [String]) async throws -> [(name: String, files: [String])]

  /// Every version that the repositories offer of these packages, newest first; of all when none is named.
  func offered(_ names: [String], fromRepository: String?) async throws -> [(name: String, versions: [String])]

  /// Facts about installed packages, by name.
  func information(of names: [String]) async throws -> [String: ValueMap]

  /// Repositories as configured, in Salt's shape for this family.
  func repositories() throws -> ValueMap

  /// -1, 0 or 1; nil when one of them is no version.
  func order(_ left: String, _ right: String, ignoringEpoch: Bool) -> Int?
}
