import Functions
import HostSystem
import Value

extension AptProvider {
  func perform(_ transaction: PackageTransaction, from state: PackageState) async throws {
    try await checkTargets(transaction)
    let options = transaction.options
    let result = try await retry.run(
      timeout: options.lockTimeout,
      { left in
        var command = Self.command(
          arguments(transaction, lockTimeout: left), configurationFiles: options.configurationFiles)
        // apt itself waits for the lock within its time.
        command.timeout = options.timeout.map { $0 + left }
        return command
      }, holder: AptFailure.lockHolder)
    guard result.isSuccess else {
      throw AptFailure.error(arguments(transaction, lockTimeout: options.lockTimeout), result)
    }
  }

  func predict(_ transaction: PackageTransaction, from state: PackageState) async throws -> PackageChanges {
    try await checkTargets(transaction)
    var changes = try await simulate(transaction).changes
    if case .purge(let names) = transaction.action {
      // What is removed already loses only its configuration files: no change of what is installed.
      for name in names where state.present[name] == nil { changes[name] = nil }
    }
    return PackageChanges(changes)
  }

  func simulate(_ transaction: PackageTransaction) async throws -> AptSimulation {
    AptSimulation(try await query(arguments(transaction, lockTimeout: nil)).outputLines)
  }

  /// A name that apt does not know is refused here, before apt-get could take it for a regular expression.
  private func checkTargets(_ transaction: PackageTransaction) async throws {
    guard case .install(let targets) = transaction.action else { return }
    let names = targets.filter { $0.file == nil }.map(\.name)
    guard !names.isEmpty else { return }
    let known = try await policy(names, transaction.options.fromRepository).entries
    let unknown = names.filter { name in known[name] == nil && !known.keys.contains { $0.hasPrefix("\(name):") } }
    guard unknown.isEmpty else {
      throw FunctionError(
        .notFound, "No package named \(unknown.joined(separator: ", ")) is known to apt here; nothing was installed.",
        hint: "Check the name, or fetch the lists with refresh=true.")
    }
  }

  /// The argv; without a lock timeout it is a simulation, which takes no lock.
  func arguments(_ transaction: PackageTransaction, lockTimeout: Duration?) -> [String] {
    let options = transaction.options
    var words = ["apt-get", "-q"]
    if let lockTimeout {
      words += ["-y", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=\(lockTimeout.components.seconds)"]
      switch options.configurationFiles {
      case .keep: words += ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"]
      case .new: words += ["-o", "Dpkg::Options::=--force-confnew"]
      }
    } else {
      words.append("-s")
    }
    if let release = options.fromRepository { words += ["-t", release] }
    if let isInstalling = options.installsRecommended {
      words.append(isInstalling ? "--install-recommends" : "--no-install-recommends")
    }
    if options.isDowngradeAllowed { words.append("--allow-downgrades") }
    if options.isHeldChangeAllowed { words.append("--allow-change-held-packages") }
    if options.isUnauthenticatedAllowed { words.append("--allow-unauthenticated") }
    if options.isDownloadOnly { words.append("--download-only") }
    switch transaction.action {
    case .install(let targets):
      if options.isOnlyUpgrade { words.append("--only-upgrade") }
      if options.isReinstall { words.append("--reinstall") }
      let names = targets.map { target in target.file ?? target.name + (target.version.map { "=\($0)" } ?? "") }
      return words + ["install", "--"] + names
    case .upgrade(let names):
      // Else apt also upgrades everything built from the same source.
      return words
        + ["-o", "APT::Get::Upgrade-By-Source-Package=false", "--only-upgrade", "install", "--"] + names
    case .upgradeAll(let isDistributionUpgrade): return words + [isDistributionUpgrade ? "dist-upgrade" : "upgrade"]
    case .remove(let names): return words + ["remove", "--"] + names
    case .purge(let names): return words + ["purge", "--"] + names
    case .autoremove(let isPurging): return words + (isPurging ? ["--purge"] : []) + ["autoremove"]
    }
  }
}
