import Functions
import OrderedCollections
import Value

extension PkgStates {
  static let latest = StateFunction(
    "pkg.latest", "Has packages installed at the newest version that the repositories offer.",
    details: "Changes are `{package: {old, new}}`, dependencies included.",
    parameters: [
      name, packages, .optional("watch_flags", .any, "Taken for compatibility; only Gentoo has them."),
      .optional("sources", .any, "Refused: repositories alone tell what is newest."),
    ] + installing, watch: update, aggregate: aggregated
  ) { arguments, context in try await update(arguments, context) }

  @Sendable private static func update(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    if arguments.isGiven("sources") { return StateResult(false, "The \"sources\" parameter is not supported.") }
    if arguments["pkgs"] == [] { return StateResult(true, "No packages to install provided") }
    do {
      let provider = try PackageProviders.provider(for: context.functions)
      guard let names = latestNames(arguments, provider) else {
        return StateResult(false, "Invalidly formatted \"pkgs\" parameter. See minion log.")
      }
      for name in names where !provider.isValid(name: name) { throw PackageName.refusal(name) }
      return try await update(names, arguments, provider, context)
    } catch { return StateResult(false, reason(error)) }
  }

  private static func latestNames(_ arguments: Arguments, _ provider: any PackageProvider) -> [String]? {
    guard arguments.isGiven("pkgs") else { return [arguments.string("name")] }
    return PackageWishes(arguments, provider)?.names
  }

  private static func update(
    _ names: [String], _ arguments: Arguments, _ provider: any PackageProvider, _ context: StateContext
  ) async throws -> StateResult {
    let repository = try PkgFunctions.repository(arguments)
    let records = try await PackageRecords.current(provider, context)
    let upgrades: [String: String]
    do {
      if PackageRefreshing.isDue(arguments, context) {
        try await PackageRefreshing.refresh(arguments, provider, context)
      }
      upgrades = try await PackageVersions.upgrades(of: names, records, provider, fromRepository: repository)
    } catch {
      let what = "An error was encountered while checking the newest available version of package(s)"
      return StateResult(false, "\(what): \(reason(error))")
    }
    let unknown = names.filter { upgrades[$0] == nil && records.versions(of: $0).isEmpty }
    guard unknown.isEmpty else {
      return StateResult(false, unknown.map { "No information found for '\($0)'." }.joined(separator: " "))
    }
    let targets = names.filter { upgrades[$0] != nil }
    guard !targets.isEmpty else { return StateResult(true, upToDateText(names)) }
    let others = arguments.isGiven("pkgs") ? names.filter { upgrades[$0] == nil } : []
    if context.isTest { return predicted(targets, others, upgrades, records) }
    var named = passedOn(arguments)
    // `dnf install NAME` leaves an installed package at its version.
    named["pkgs"] =
      provider is DnfProvider
      ? .list(targets.map { [.string($0): upgrades[$0].map(Value.string) ?? .null] }) : .strings(targets)
    let changes: ValueMap
    do { changes = try await PkgFunctions.install.call(named, context.functions).mapValue ?? [:] } catch {
      PackageRecords.forget(context)
      let after = try? await PackageRecords.read(provider, context)
      return StateResult(
        false, "An error was encountered while installing package(s): \(reason(error))",
        changes: after.map { records.changes(to: $0) } ?? [:])
    }
    PackageRecords.forget(context)
    return updated(targets, others, upgrades, changes)
  }

  private static func upToDateText(_ names: [String]) -> String {
    switch names.count {
    case 1: "Package \(names[0]) is already up-to-date"
    case 2...10: "All packages are up-to-date (\(names.sorted().joined(separator: ", ")))."
    default: "All \(names.count) packages are up-to-date."
    }
  }

  private static func predicted(
    _ targets: [String], _ others: [String], _ upgrades: [String: String], _ records: PackageRecords
  ) -> StateResult {
    var lines = [
      "The following packages would be installed/upgraded: \(targets.sorted().joined(separator: ", "))"
    ]
    if others.count > 10 {
      lines.append("\(others.count) packages are already up-to-date")
    } else if !others.isEmpty {
      let list = others.sorted().map { "\($0) (\(PackageState.text(records.versions(of: $0))))" }
      lines.append("The following packages are already up-to-date: \(list.joined(separator: ", "))")
    }
    var changes: ValueMap = [:]
    for name in targets {
      changes[name] = [
        "new": .string(upgrades[name] ?? "installed"), "old": .string(PackageState.text(records.versions(of: name))),
      ]
    }
    return StateResult(nil, lines.joined(separator: "\n"), changes: changes)
  }

  private static func updated(
    _ targets: [String], _ others: [String], _ upgrades: [String: String], _ changes: ValueMap
  ) -> StateResult {
    let failed = targets.filter { name in
      guard let new = changes[name]?["new"]?.stringValue, let wanted = upgrades[name] else { return true }
      return !new.split(separator: ",").contains(wanted[...])
    }
    var comments: [String] = []
    if !failed.isEmpty {
      comments.append("The following packages failed to update: \(failed.sorted().joined(separator: ", "))")
    }
    let done = targets.filter { !failed.contains($0) }.sorted()
    if !done.isEmpty {
      comments.append("The following packages were successfully installed/upgraded: \(done.joined(separator: ", "))")
    }
    if others.count > 10 {
      comments.append("\(others.count) packages were already up-to-date ")
    } else if !others.isEmpty {
      comments.append("The following packages were already up-to-date: \(others.sorted().joined(separator: ", "))")
    }
    return StateResult(failed.isEmpty, comments.joined(separator: " "), changes: changes)
  }
}
