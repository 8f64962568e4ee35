import Functions
import OrderedCollections
import Value

/// Carries out what an `InstallationPlan` found, or predicts it.
struct InstallationRun: Sendable {
  let plan: InstallationPlan
  let arguments: Arguments
  let provider: any PackageProvider
  let context: StateContext

  func predicted() async throws -> StateResult {
    var changes: ValueMap = [:]
    var comments: [String] = []
    if !plan.targets.isEmpty {
      for (name, version) in try await offered(plan.targets) {
        changes[name] = ["new": .string(version), "old": ""]
      }
      let list = plan.targets.joined(separator: ", ")
      comments.append("The following packages would be installed/updated: \(list)")
    }
    if !plan.reinstalls.isEmpty {
      for name in plan.reinstalls { changes[text(name)] = ["new": "installed", "old": ""] }
      comments.append("The following packages would be reinstalled: \(text(plan.reinstalls))")
    }
    return StateResult(nil, comments.joined(separator: "\n"), changes: changes, warnings: plan.warnings)
  }

  /// What the repositories would give for each of the names; `installed` where they do not tell.
  private func offered(_ names: [String]) async throws -> [(String, String)] {
    let repository = try PkgFunctions.repository(arguments)
    let plain = plan.sources == nil ? names.filter { plan.desired.versions[$0] == .some(nil) } : []
    let valid = plain.filter { provider.isValid(name: $0) }
    let candidates =
      valid.isEmpty ? [:] : (try? await provider.candidates(of: valid, fromRepository: repository)) ?? [:]
    var found: [(String, String)] = []
    for name in names {
      var version = candidates[name]
      if plan.sources == nil, let wish = plan.desired.versions[name] ?? nil, provider.isValid(name: name) {
        let requirement = VersionRequirement(wish)
        let offered = (try? await PackageVersions.offered(name, provider, fromRepository: repository)) ?? []
        version = offered.first { requirement.isFulfilled(by: [$0], provider) }
      }
      found.append((name, version ?? "installed"))
    }
    return found
  }

  func done() async throws -> StateResult {
    let before = try await PackageRecords.current(provider, context)
    let changes: ValueMap
    do {
      changes = try await installed()
    } catch {
      PackageRecords.forget(context)
      let after = try? await PackageRecords.read(provider, context)
      return StateResult(
        false, "An error was encountered while installing package(s): \(PkgStates.reason(error))",
        changes: after.map { before.changes(to: $0) } ?? [:], warnings: plan.warnings)
    }
    let after = try await PackageRecords.read(provider, context)
    var holds: [PackageHold.Outcome] = []
    if arguments.isGiven("hold") {
      do {
        holds = try await PackageHold(provider: provider, isTest: false).set(arguments.bool("hold"), plan.desired.names)
      } catch {
        return StateResult(false, PkgStates.reason(error), changes: changes, warnings: plan.warnings)
      }
    }
    return summary(after, holds, changes)
  }

  private func installed() async throws -> ValueMap {
    let repository = try PkgFunctions.repository(arguments)
    if PackageRefreshing.isDue(arguments, context) {
      try await PackageRefreshing.refresh(arguments, provider, context)
    }
    var named = PkgStates.passedOn(arguments)
    var packages: [Value] = []
    for name in plan.targets + plan.reinstalls {
      if let sources = plan.sources {
        packages.append([.string(name): .string(try await sources.path(of: name, context))])
        continue
      }
      let wish = plan.desired.versions[name] ?? nil
      let version = try await PackageVersions.chosen(wish, of: name, provider, fromRepository: repository)
      packages.append([.string(name): version.map(Value.string) ?? .null])
    }
    named[plan.sources == nil ? "pkgs" : "sources"] = .list(packages)
    named["reinstall"] = .bool(!plan.reinstalls.isEmpty)
    return try await PkgFunctions.install.call(named, context.functions).mapValue ?? [:]
  }

  private func summary(_ after: PackageRecords, _ holds: [PackageHold.Outcome], _ installed: ValueMap) -> StateResult {
    var changes = installed
    var comments: [String] = []
    let isWell = { (name: String) in
      plan.sources == nil ? isSatisfied(name, after) : !plan.targets.contains(name) || installed[name] != nil
    }
    let well = plan.desired.names.filter(isWell)
    let modified = well.filter(plan.targets.contains)
    let untouched = well.filter { !plan.targets.contains($0) && !plan.reinstalls.contains($0) }
    let failed = plan.targets.filter { !isWell($0) }
    if !modified.isEmpty {
      let list = text(modified)
      comments.append(
        list.count < 20
          ? "The following packages were installed/updated: \(list)"
          : "\(modified.count) targeted \(modified.count > 1 ? "packages were" : "package was") installed/updated.")
    }
    for outcome in holds where !outcome.changes.isEmpty {
      comments.append(outcome.comment)
      changes[outcome.name] = held(outcome.changes, over: changes[outcome.name]?.mapValue)
    }
    if !untouched.isEmpty {
      comments.append(
        untouched.count <= 20
          ? "The following packages were already installed: \(text(untouched))"
          : "\(untouched.count) targeted packages were already installed")
    }
    comments += holds.filter { $0.changes.isEmpty && $0.result == true }.map(\.comment)
    if !failed.isEmpty { comments.insert("The following packages failed to install/update: \(text(failed))", at: 0) }
    var result = failed.isEmpty
    for outcome in holds where outcome.result != true {
      comments.append(outcome.comment)
      result = false
    }
    for name in plan.reinstalls {
      let isDone = installed[name] != nil
      comments.append(
        isDone
          ? "Package \(text(name)) was reinstalled." : "Reinstall was not successful for package \(text(name)).")
      if !isDone { result = false }
    }
    return StateResult(result, comments.joined(separator: "\n"), changes: changes, warnings: plan.warnings)
  }

  /// The hold's change beneath the installation's, as Salt joins them.
  private func held(_ hold: ValueMap, over installation: ValueMap?) -> Value {
    guard var joined = installation else { return .map([.string("new"): hold["new"] ?? ""]) }
    for key in ["new", "old"] {
      let above = joined[key]?.stringValue ?? ""
      joined[key] = .string((above.isEmpty ? "" : "\(above)\n") + (hold[key]?.stringValue ?? ""))
    }
    return .map(joined)
  }

  private func isSatisfied(_ name: String, _ after: PackageRecords) -> Bool {
    let present = after.versions(of: name)
    guard let first = present.first else { return false }
    guard let wish = plan.desired.versions[name] ?? nil, !wish.isEmpty, wish != "latest" else { return true }
    if wish.hasSuffix("*"), first.hasPrefix(wish.dropLast()) { return true }
    return VersionRequirement(wish).isFulfilled(
      by: present, provider, ignoringEpoch: arguments["ignore_epoch"].boolValue)
  }

  private func text(_ name: String) -> String { plan.sources == nil ? plan.desired.text(name) : name }
  private func text(_ names: [String]) -> String { names.map { text($0) }.joined(separator: ", ") }
}
