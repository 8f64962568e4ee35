import Functions
import OrderedCollections
import Value

extension PkgStates {
  static let removed = removal(
    "removed", "Has packages not installed; their configuration files stay.", isPurging: false)
  static let purged = removal("purged", "Has packages not installed, nor their configuration files.", isPurging: true)

  private static func removal(_ function: String, _ summary: String, isPurging: Bool) -> StateFunction {
    let body: StateFunction.Body = { arguments, context in
      do { return try await remove(arguments, context, isPurging: isPurging) } catch {
        return StateResult(
          false,
          "An error was encountered while \(isPurging ? "purging" : "removing") package(s): \(reason(error))")
      }
    }
    return StateFunction(
      "pkg.\(function)", summary,
      details: isPurging
        ? "Changes are those of `pkg.purge`: on apt `{installed: {package: {old, new}}, removed: …}`."
        : "Changes are `{package: {old, new}}`, with the packages that needed these.",
      parameters: [
        name, version, packages, normalize, ignoreEpoch, PkgFunctions.lockTimeout, PkgFunctions.timeout,
        .keywords("kwargs", "Taken for compatibility and not used."),
      ], watch: body, aggregate: aggregated, body: body)
  }

  private static func remove(_ arguments: Arguments, _ context: StateContext, isPurging: Bool) async throws
    -> StateResult
  {
    let action = isPurging ? "purge" : "remove"
    let provider = try PackageProviders.provider(for: context.functions)
    guard let wishes = PackageWishes(arguments, provider, isNormalizing: arguments.bool("normalize")) else {
      return misformatted("pkgs")
    }
    let before = try await PackageRecords.current(provider, context)
    var isVersioned = false
    var targets = wishes.names.filter { name in
      let present = before.versions(of: name)
      guard !present.isEmpty else { return false }
      guard let wish = wishes.versions[name] ?? nil else { return true }
      isVersioned = true
      return VersionRequirement(wish).isFulfilled(
        by: present, provider, ignoringEpoch: arguments["ignore_epoch"].boolValue)
    }
    if isPurging {
      targets += wishes.names.filter { before.hasLeftovers($0) && !targets.contains($0) }
    } else if targets.isEmpty {
      let which = isVersioned ? " (matching specified versions)" : ""
      return StateResult(true, "All specified packages\(which) are already absent")
    }
    targets.sort()
    guard !targets.isEmpty else {
      return StateResult(true, "None of the targeted packages are installed or partially installed")
    }
    let list = targets.joined(separator: ", ")
    if context.isTest {
      var changes: ValueMap = [:]
      for name in targets { changes[name] = ["new": .string("\(action)d"), "old": ""] }
      return StateResult(nil, "The following packages will be \(action)d: \(list).", changes: changes)
    }
    let changes = try await transaction(targets, action, arguments, context)
    let after = try await PackageRecords.read(provider, context)
    let failed = wishes.names.filter {
      targets.contains($0) && (!after.versions(of: $0).isEmpty || (isPurging && after.hasLeftovers($0)))
    }
    guard failed.isEmpty else {
      let names = failed.sorted().joined(separator: ", ")
      return StateResult(false, "The following packages failed to \(action): \(names).", changes: changes)
    }
    let absent = wishes.names.filter { !targets.contains($0) }.sorted()
    guard !absent.isEmpty else {
      return StateResult(true, "All targeted packages were \(action)d.", changes: changes)
    }
    let comment =
      "The following packages were not installed: \(absent.joined(separator: ", ")) "
      + "The following packages were \(action)d: \(list)."
    return StateResult(true, comment, changes: changes)
  }

  private static func transaction(
    _ names: [String], _ action: String, _ arguments: Arguments, _ context: StateContext
  ) async throws -> ValueMap {
    PackageRecords.forget(context)
    var named: ValueMap = ["pkgs": .strings(names)]
    for word in ["lock_timeout", "timeout"] where arguments.isGiven(word) { named[.string(word)] = arguments[word] }
    return try await function("pkg.\(action)").call(named, context.functions).mapValue ?? [:]
  }
}
