import Functions
import OrderedCollections
import Value

extension PkgStates {
  static let installed = StateFunction(
    "pkg.installed", "Has packages installed, at a version if one is named.",
    details: """
      Changes are `{package: {old, new}}`, dependencies included. In test mode they name the packages of the state, with \
      the version that the repositories offer. The lists of the repositories are fetched before the first installation \
      of a run, and the package database is read once for all states of a run.
      """,
    parameters: [
      name, version, packages,
      .optional(
        "sources", .any, "Package files: a list of {name: file} maps; `salt://…`, `http(s)://…` or a path on the host."),
      .optional("skip_suggestions", .bool, default: false, "Taken for compatibility."),
      .optional("allow_updates", .bool, default: false, "A version means at least that one."),
      .optional("pkg_verify", .any, default: false, "Refused: the files of installed packages are not looked at."),
      normalize, ignoreEpoch,
      .optional("reinstall", .bool, default: false, "Installs again what is there."),
      .optional("hold", .bool, "Holds the packages afterwards, or lets go of them."),
      .optional("report_reboot_exit_codes", .any, "Taken for compatibility; only Windows needs it."),
    ] + installing, watch: install, aggregate: aggregated
  ) { arguments, context in try await install(arguments, context) }

  @Sendable private static func install(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    if arguments["pkgs"] == [] { return StateResult(true, "No packages to install provided") }
    guard [.null, .bool(false)].contains(arguments["pkg_verify"]) else {
      return StateResult(false, "pkg.verify not implemented")
    }
    defer { PackageSources.discardDownloads(context) }
    do {
      let provider = try PackageProviders.provider(for: context.functions)
      switch try await InstallationPlan.find(arguments, provider, context) {
      case .finished(let result): return try await holding(result, arguments, provider, context)
      case .work(let plan):
        let run = InstallationRun(plan: plan, arguments: arguments, provider: provider, context: context)
        return context.isTest ? try await run.predicted() : try await run.done()
      }
    } catch { return StateResult(false, reason(error)) }
  }

  /// Nothing was to be installed; holds are still to be seen to.
  private static func holding(
    _ state: StateResult, _ arguments: Arguments, _ provider: any PackageProvider, _ context: StateContext
  ) async throws -> StateResult {
    guard arguments.isGiven("hold"), state.result == true else { return state }
    let names: [String]
    if let sources = PackageSources(arguments["sources"]) {
      names = Array(sources.places.keys)
    } else {
      names = PackageWishes(arguments, provider, isNormalizing: arguments.bool("normalize"))?.names ?? []
    }
    var state = state
    let outcomes = try await PackageHold(provider: provider, isTest: context.isTest).set(arguments.bool("hold"), names)
    let ordered = outcomes.filter { !$0.changes.isEmpty } + outcomes.filter { $0.changes.isEmpty }
    for outcome in ordered {
      state.comment += ".\n\(outcome.comment)"
      state.result = outcome.result
      if !outcome.changes.isEmpty { state.changes[outcome.name] = .map(outcome.changes) }
    }
    return state
  }
}
