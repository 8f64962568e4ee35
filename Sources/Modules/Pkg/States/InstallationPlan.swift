import Functions
import OrderedCollections
import Value

/// What `pkg.installed` is to do, found out without changing anything.
struct InstallationPlan: Sendable {
  enum Finding: Sendable {
    /// Nothing to do, or a refusal.
    case finished(StateResult)
    case work(InstallationPlan)
  }

  /// What the state names.
  var desired: PackageWishes
  /// What of it is not there, or not at its version.
  var targets: [String] = []
  /// What is there and is to be installed again.
  var reinstalls: [String] = []
  var sources: PackageSources?
  var warnings: [String] = []

  static func find(_ arguments: Arguments, _ provider: any PackageProvider, _ context: StateContext) async throws
    -> Finding
  {
    let isSourced = isGiven(arguments["sources"])
    if isSourced, isGiven(arguments["pkgs"]) {
      return .finished(StateResult(false, "Only one of \"pkgs\" and \"sources\" is permitted."))
    }
    var plan: InstallationPlan
    if isSourced {
      guard let sources = PackageSources(arguments["sources"]) else {
        return .finished(PkgStates.misformatted("sources"))
      }
      plan = InstallationPlan(desired: PackageWishes(), sources: sources)
      for name in sources.places.keys { plan.desired.versions[name] = .some(nil) }
    } else {
      guard let wishes = PackageWishes(arguments, provider, isNormalizing: arguments.bool("normalize")) else {
        return .finished(PkgStates.misformatted("pkgs"))
      }
      plan = InstallationPlan(desired: wishes)
    }
    let records = try await PackageRecords.current(provider, context)
    try await plan.resolveLatest(records, arguments, provider, context)
    let isVersioned = try await plan.sort(records, arguments, provider, context)
    guard plan.targets.isEmpty, plan.reinstalls.isEmpty else { return .work(plan) }
    let suffix = isVersioned && !isSourced ? " and are at the desired version" : ""
    return .finished(
      StateResult(true, "All specified packages are already installed\(suffix)", warnings: plan.warnings))
  }

  private static func isGiven(_ value: Value) -> Bool {
    switch value {
    case .null, .list([]), .string(""), .bool(false): false
    default: true
    }
  }

  /// `latest` becomes the newest version that there is.
  private mutating func resolveLatest(
    _ records: PackageRecords, _ arguments: Arguments, _ provider: any PackageProvider, _ context: StateContext
  ) async throws {
    let names = desired.names.filter { (desired.versions[$0] ?? nil) == "latest" }
    guard !names.isEmpty else { return }
    if PackageRefreshing.isDue(arguments, context) {
      try await PackageRefreshing.refresh(arguments, provider, context)
    }
    let upgrades = try await PackageVersions.upgrades(
      of: names, records, provider, fromRepository: PkgFunctions.repository(arguments))
    for name in names { desired.versions[name] = .some(upgrades[name] ?? records.versions(of: name).last) }
  }

  /// Sorts what is desired into what is there and what is to do.
  ///
  /// - Returns: whether a version was looked at.
  private mutating func sort(
    _ records: PackageRecords, _ arguments: Arguments, _ provider: any PackageProvider, _ context: StateContext
  ) async throws -> Bool {
    var isVersioned = false
    for (name, version) in desired.versions {
      let present = records.versions(of: name)
      if present.isEmpty {
        targets.append(name)
        continue
      }
      if arguments.bool("reinstall") {
        reinstalls.append(name)
        continue
      }
      var wanted = version
      if let sources {
        let path = try await sources.path(of: name, context)
        wanted = try await PackageSources.version(inFile: path, provider, context)
        if wanted == nil { warnings.append("Failed to parse metadata for \(sources.places[name] ?? "")") }
      }
      guard let wanted, !wanted.isEmpty else { continue }
      isVersioned = true
      let isFulfilled = VersionRequirement(wanted).isFulfilled(
        by: present, provider, ignoringEpoch: arguments["ignore_epoch"].boolValue,
        allowingUpdates: sources == nil && arguments.bool("allow_updates"))
      if !isFulfilled { targets.append(name) }
    }
    return isVersioned
  }
}
