import Functions
import HostSystem
import Value

extension DnfProvider {
  func perform(_ transaction: PackageTransaction, from state: PackageState) async throws {
    for arguments in commandLines(transaction, from: state, isSimulation: false) {
      let result = try await locked(
        arguments, transaction.options.lockTimeout, timeout: transaction.options.timeout)
      // yum goes on with the rest when it does not know one of the names, and says only in passing that it did.
      if let unknown = DnfFailure.unknownPackages((result.outputLines + result.errorText.splitLines())) {
        throw FunctionError(
          .notFound,
          "No package named \(unknown.joined(separator: ", ")) is known here: "
            + OutputTail.failure(of: arguments, result),
          hint: "Check the name and the enabled repositories (pkg.list_repos).")
      }
    }
  }

  func predict(_ transaction: PackageTransaction, from state: PackageState) async throws -> PackageChanges {
    var changes: [String: PackageChanges.Change] = [:]
    for arguments in commandLines(transaction, from: state, isSimulation: true) {
      let result = try await retry.run(
        timeout: transaction.options.lockTimeout, { _ in Self.command(arguments) }, holder: DnfFailure.lockHolder)
      let lines = result.outputLines + result.errorText.splitLines()
      // Having said no to the question is failure to dnf.
      let isAnswered = lines.contains {
        $0.contains("Operation aborted") || $0.contains("Exiting on user command") || $0.hasPrefix("Operation aborted")
      }
      guard result.isSuccess || isAnswered else { throw DnfFailure.error(arguments, result) }
      for row in DnfTable.transaction(result.outputLines) { add(row, to: &changes, from: state) }
    }
    return PackageChanges(changes)
  }

  private func add(_ row: DnfTable.Row, to changes: inout [String: PackageChanges.Change], from state: PackageState) {
    let name = RPMPackageList.name(row.name, architecture: row.architecture, nativeArchitecture)
    let old = state.installed[name]
    let section = row.section.lowercased()
    if section.hasPrefix("remov") {
      let rest = (old ?? []).filter { $0 != row.version }
      changes[name] = .init(old: PackageState.text(old), new: PackageState.text(rest))
    } else if section.hasPrefix("install") {
      // Beside those that are there, as kernels are.
      changes[name] = .init(old: PackageState.text(old), new: PackageState.text((old ?? []) + [row.version]))
    } else if section.hasPrefix("upgrad") || section.hasPrefix("updat") || section.hasPrefix("downgrad") {
      changes[name] = .init(old: PackageState.text(old), new: row.version)
    }
  }

  /// The argvs of a transaction: more than one when some packages go up and others down.
  func commandLines(
    _ transaction: PackageTransaction, from state: PackageState, isSimulation: Bool
  ) -> [[String]] {
    let options = transaction.options
    var base = [program, isSimulation ? "--assumeno" : "-y"]
    if tool != .microdnf { base.append("--setopt=exit_on_lock=True") }
    base += Self.repositoryOptions(options.fromRepository)
    if let isInstalling = options.installsRecommended, tool != .yum {
      base.append("--setopt=install_weak_deps=\(isInstalling ? "True" : "False")")
    }
    if options.isUnauthenticatedAllowed { base.append("--nogpgcheck") }
    if options.isDownloadOnly { base.append("--downloadonly") }
    if options.isHeldChangeAllowed { base.append("--disableplugin=versionlock") }
    switch transaction.action {
    case .install(let targets): return installs(targets, options, base, from: state)
    case .upgrade(let names): return [base + ["upgrade"] + names]
    case .upgradeAll(let isDistributionUpgrade):
      return [base + (isDistributionUpgrade && tool == .yum ? ["--obsoletes"] : []) + ["upgrade"]]
    case .remove(let names), .purge(let names): return [base + ["remove"] + names]
    case .autoremove: return [base + ["autoremove"]]
    }
  }

  private func installs(
    _ targets: [PackageTarget], _ options: PackageOptions, _ base: [String], from state: PackageState
  ) -> [[String]] {
    var verbs: [String: [String]] = [:]
    for target in targets {
      let present = state.installed[target.name]
      if options.isOnlyUpgrade, target.file == nil, present == nil { continue }
      let (name, architecture) = RPMPackageList.split(target.name)
      let word =
        target.file ?? target.version.map { "\(name)-\($0)" + (architecture.map { ".\($0)" } ?? "") } ?? target.name
      let isOlder = target.version.flatMap { version in
        present?.last.flatMap { order(version, $0, ignoringEpoch: false) }
      }
      let verb =
        options.isReinstall && present != nil && target.version == nil
        ? "reinstall" : isOlder == -1 ? "downgrade" : options.isOnlyUpgrade ? "upgrade" : "install"
      verbs[verb, default: []].append(word)
    }
    return ["install", "upgrade", "downgrade", "reinstall"].compactMap { verb in verbs[verb].map { base + [verb] + $0 }
    }
  }
}
