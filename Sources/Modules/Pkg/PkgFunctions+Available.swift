import Functions
import OrderedCollections
import Value

extension PkgFunctions {
  static let available: [Function] = [
    latestVersion("pkg.latest_version"), latestVersion("pkg.available_version"), listUpgrades, upgradeAvailable,
  ]

  private static func latestVersion(_ function: String) -> Function {
    Function(
      function, "The newest version that could be installed or upgraded to.",
      details: """
        One name gives a string, several a map. It is empty when the newest version is installed already, or when the \
        repositories do not know the package.

        Example: `brine run '*' \(function) openssl`
        """,
      effect: .inspect,
      parameters: [
        .variadic("names", .string, "Packages."), refreshing(true), fromRepository, cacheValidTime, lockTimeout,
        .optional(
          "show_installed", .bool, default: false, "Gives the newest version also when it is installed already."),
      ]
    ) { arguments, context in
      let provider = try PackageProviders.provider(for: context)
      let names = arguments.strings("names")
      let map = try await latest(
        names, arguments, provider, context, showsInstalled: arguments.bool("show_installed"))
      return single(names, map)
    }
  }

  private static let listUpgrades = Function(
    "pkg.list_upgrades", "The packages that an upgrade would change.",
    details: """
      Returns `{name: new version}`; empty when the host is up to date. It is an error when nothing is found and a \
      repository could not be fetched.

      Example: `brine run '*' pkg.list_upgrades`
      """,
    effect: .inspect,
    parameters: [
      refreshing(true),
      .optional("dist_upgrade", .bool, default: true, "Counts upgrades that install or remove other packages (apt)."),
      fromRepository, cacheValidTime, lockTimeout,
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let repository = try repository(arguments)
    let failed = try await refreshIfAsked(arguments, provider, context, lockTimeout: lockTimeout(arguments))
    let upgrades = try await provider.upgrades(
      isDistributionUpgrade: arguments.bool("dist_upgrade"), fromRepository: repository)
    try checkFreshness(failed, isEmpty: upgrades.isEmpty)
    return PackageState.value(upgrades.mapValues { [$0] }, asLists: false)
  }

  private static let upgradeAvailable = Function(
    "pkg.upgrade_available", "Whether a newer version of a package can be had.",
    details: """
      Returns true also for a package that is not installed but could be, as Salt does.

      Example: `brine run '*' pkg.upgrade_available libssl3`
      """,
    effect: .inspect,
    parameters: [
      .required("name", .string, "The package."), refreshing(true), fromRepository, cacheValidTime, lockTimeout,
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let name = arguments.string("name")
    return .bool(try await latest([name], arguments, provider, context)[name] != "")
  }

  private static func latest(
    _ names: [String], _ arguments: Arguments, _ provider: any PackageProvider, _ context: FunctionContext,
    showsInstalled: Bool = false
  ) async throws -> ValueMap {
    if let bad = names.first(where: { !provider.isValid(name: $0) }) { throw PackageName.refusal(bad) }
    guard !names.isEmpty else { return [:] }
    let repository = try repository(arguments)
    let failed = try await refreshIfAsked(arguments, provider, context, lockTimeout: lockTimeout(arguments))
    let candidates = try await provider.candidates(of: names, fromRepository: repository)
    let present = try await provider.state().present
    var map: ValueMap = [:]
    for name in names {
      let candidate = candidates[name] ?? ""
      let isInstalled = (present[name] ?? []).contains {
        (provider.order($0, candidate, ignoringEpoch: false) ?? -1) >= 0
      }
      map[name] = .string(isInstalled && !showsInstalled ? "" : candidate)
    }
    try checkFreshness(failed, isEmpty: map.values.allSatisfy { $0 == "" })
    return map
  }
}
