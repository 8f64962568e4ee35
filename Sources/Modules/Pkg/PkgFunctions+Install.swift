import Functions
import HostSystem
import Value

extension PkgFunctions {
  static let install = Function(
    "pkg.install", "Installs packages, or brings them to a version.",
    details: """
      Returns what changed, `{package: {old, new}}`, with an empty text for "not there": the difference of the package \
      database before and after, dependencies included. Nothing to do gives an empty map. With `test=True` it is what \
      the package tool predicts.

      A name that no repository knows, a lock that stays held, an interrupted dpkg and a package's failing script are \
      errors, with what did change before.

      Examples: `brine run 'web*' pkg.install nginx`, `brine run db1 pkg.install pkgs='[{"openssl": "3.0.15-1"}, "curl"]'`
      """,
    effect: .change,
    parameters: [
      name, refreshing(false), fromRepository,
      .optional("skip_verify", .bool, default: false, "Takes packages whose signature cannot be checked."), packages,
      .optional("sources", .list, "Package files on the host instead: a list of {name: absolute path} maps."),
      .optional("reinstall", .bool, default: false, "Installs again what is there at the same version."),
      .optional("downloadonly", .bool, default: false, "Fetches the packages only."),
      .optional(
        "version", .string, "The version, when there is one name; older than the installed one is a downgrade."),
      .optional("only_upgrade", .bool, default: false, "Leaves out packages that are not installed."),
      .optional("install_recommends", .bool, "Whether recommended packages come along; default as the host is set."),
      .optional("hold", .bool, default: false, "Holds the packages at what was installed."),
      .optional("update_holds", .bool, default: false, "Changes held packages too; they stay held."),
      .optional("allow_downgrades", .bool, default: false, "Lets the tool choose older versions."), configurationFiles,
      .optional("force_conf_new", .bool, default: false, "The same as conffiles=new."), cacheValidTime, lockTimeout,
      timeout,
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let targets = try PackageRequest(provider: provider).targets(arguments)
    guard !targets.isEmpty else {
      throw FunctionError(.badArguments, "pkg.install needs 'name', 'pkgs' or 'sources'.")
    }
    for file in targets.compactMap(\.file) where !context.files.isFile(file) {
      throw FunctionError(.notFound, "There is no package file \(file) on this host.")
    }
    var options = try options(arguments, release: true)
    options.isReinstall = arguments.bool("reinstall")
    options.isOnlyUpgrade = arguments.bool("only_upgrade")
    options.installsRecommended = arguments["install_recommends"].boolValue
    options.isHeldChangeAllowed = arguments.bool("update_holds")

    let failed = try await refreshIfAsked(arguments, provider, context, lockTimeout: options.lockTimeout)
    let before = try await provider.state()
    if options.isOnlyUpgrade, targets.allSatisfy({ $0.file == nil && before.present[$0.name] == nil }) { return [:] }
    if targets.contains(where: { isDowngrade($0, before, provider) }) { options.isDowngradeAllowed = true }
    var held = options.isHeldChangeAllowed ? try await provider.holds(isFull: false) : []
    if !options.isHeldChangeAllowed, targets.contains(where: { before.held.contains($0.name) }) {
      // Who names a held package means it, as in Salt: it is changed and stays held.
      options.isHeldChangeAllowed = true
      held = Array(before.held)
    }

    let transaction = PackageTransaction(.install(targets), options: options)
    var (changes, after) = try await changes(of: transaction, from: before, provider, context)
    if context.isTest { return changes.value }
    if !options.isDownloadOnly {
      try verify(targets, options, changes, after, provider)
      try checkFreshness(options.isOnlyUpgrade ? failed : [], isEmpty: changes.isEmpty)
    }
    let toHold = targets.map(\.name).filter { arguments.bool("hold") || held.contains($0) }
    for name in toHold { try await provider.setHold(true, name) }
    if options.isReinstall {
      for target in targets where changes.byName[target.name] == nil && before.present[target.name] != nil {
        let version = PackageState.text(after.present[target.name])
        changes.byName[target.name] = .init(old: version, new: version)
      }
    }
    return changes.value
  }

  private static func isDowngrade(_ target: PackageTarget, _ state: PackageState, _ provider: any PackageProvider)
    -> Bool
  {
    guard let version = target.version, let present = state.present[target.name]?.last else { return false }
    return provider.order(version, present, ignoringEpoch: false) == -1
  }

  /// The tool said that all is well; look whether it is.
  private static func verify(
    _ targets: [PackageTarget], _ options: PackageOptions, _ changes: PackageChanges, _ after: PackageState,
    _ provider: any PackageProvider
  ) throws(FunctionError) {
    for target in targets where target.file == nil {
      guard let present = after.present[target.name] else {
        // A virtual package is there by another's name, which then is among the changes or was there before.
        guard target.version == nil,
          !changes.isEmpty || options.isOnlyUpgrade || !after.broken.keys.contains(target.name)
        else { throw notInstalled(target, present: nil, provider) }
        continue
      }
      guard let version = target.version, !version.hasSuffix("*") else { continue }
      let isThere = present.contains { provider.order($0, version, ignoringEpoch: !version.contains(":")) == 0 }
      if !isThere { throw notInstalled(target, present: present, provider) }
    }
  }

  private static func notInstalled(
    _ target: PackageTarget, present: [String]?, _ provider: any PackageProvider
  ) -> FunctionError {
    let wanted = target.name + (target.version.map { " \($0)" } ?? "")
    let there = present.map { "\(PackageState.text($0)) is installed" } ?? "it is not installed"
    return FunctionError(.failed, "\(provider.program) ended well, but \(wanted) was asked for and \(there).")
  }
}
