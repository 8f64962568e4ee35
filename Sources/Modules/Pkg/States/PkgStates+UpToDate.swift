import Functions
import OrderedCollections
import Value

extension PkgStates {
  static let upToDate = StateFunction(
    "pkg.uptodate", "Has all packages, or those of `pkgs`, at their newest version.",
    details: "Changes are `{package: {old, new}}`.",
    parameters: [
      .required("name", .string, "Any text."),
      .optional("refresh", .any, default: false, "Fetches the repositories' lists first."),
      .optional("pkgs", .any, "Upgrades only these."),
      .optional("dist_upgrade", .bool, "May also install and remove packages (apt)."), PkgFunctions.fromRepository,
      .optional("skip_verify", .bool, default: false, "Takes packages whose signature cannot be checked."),
      .optional(
        "force_conf_new", .bool, default: false, "Takes the new configuration files instead of keeping changed ones."),
      .optional("allow_downgrades", .bool, default: false, "Lets the tool choose older versions."),
      PkgFunctions.cacheValidTime, PkgFunctions.lockTimeout, PkgFunctions.timeout,
      .keywords("kwargs", "Taken for compatibility and not used."),
    ], watch: untriggerable("uptodate")
  ) { arguments, context in
    guard let isRefreshing = arguments["refresh"].boolValue else {
      return StateResult(false, "refresh must be either True or False")
    }
    let provider: any PackageProvider
    var expected: ValueMap
    do {
      provider = try PackageProviders.provider(for: context.functions)
      if isRefreshing { try await PackageRefreshing.refresh(arguments, provider, context) }
      expected = try await upgrades(arguments, provider, context)
    } catch { return StateResult(false, reason(error)) }
    if expected.isEmpty { return StateResult(true, "System is already up-to-date") }
    if context.isTest { return StateResult(nil, "System update will be performed", changes: expected) }

    let before = try await PackageRecords.current(provider, context)
    PackageRecords.forget(context)
    var named: ValueMap = ["refresh": false]
    for name in [
      "fromrepo", "skip_verify", "force_conf_new", "allow_downgrades", "dist_upgrade", "lock_timeout", "timeout",
    ]
    where arguments.isGiven(name) {
      named[name] = arguments[name]
    }
    if arguments.isGiven("pkgs") { named["pkgs"] = .list(Array(expected.keys)) }
    do {
      let changes = try await PkgFunctions.upgrade.call(named, context.functions).mapValue ?? [:]
      let missing = arguments["pkgs"].listValue == nil ? [] : expected.keys.filter { changes[$0] == nil }
      guard missing.isEmpty else {
        let list = missing.map(\.description).joined(separator: ", ")
        return StateResult(false, "The following package(s) failed to update: \(list)", changes: changes)
      }
      return StateResult(true, "Upgrade ran successfully", changes: changes)
    } catch {
      let after = try? await PackageRecords.read(provider, context)
      return StateResult(
        false, "An error was encountered while updating packages: \(reason(error))",
        changes: after.map { before.changes(to: $0) } ?? [:])
    }
  }

  /// `{package: {old, new}}` of what an upgrade would bring.
  private static func upgrades(_ arguments: Arguments, _ provider: any PackageProvider, _ context: StateContext)
    async throws -> ValueMap
  {
    let found = try await provider.upgrades(
      isDistributionUpgrade: arguments["dist_upgrade"].boolValue ?? true,
      fromRepository: PkgFunctions.repository(arguments))
    let only = arguments.isGiven("pkgs") ? Set(arguments.strings("pkgs")) : nil
    let records = try await PackageRecords.current(provider, context)
    var expected: ValueMap = [:]
    for (name, version) in found.sorted(by: { $0.key < $1.key }) where only?.contains(name) ?? true {
      expected[name] = ["new": .string(version), "old": .string(PackageState.text(records.versions(of: name)))]
    }
    return expected
  }
}
