import Functions
import Value

/// Fetching the repositories' lists for states: once in a run unless a state says otherwise.
enum PackageRefreshing {
  private static let memoryName = "pkg.refreshed"

  /// Whether a state that installs is to fetch the lists: `refresh`, or without it when no state of the run did yet.
  static func isDue(_ arguments: Arguments, _ context: StateContext) -> Bool {
    guard arguments.isGiven("refresh") else { return context.memory[memoryName] == nil }
    return arguments.bool("refresh")
  }

  /// To be called when a state fetched the lists by itself.
  static func remember(_ context: StateContext) { context.memory.update(memoryName) { $0 = true } }

  /// Fetches the lists unless they are young enough. In test mode too where newer versions are looked for, as Salt does: by
  /// old lists nothing would seem to change.
  static func refresh(_ arguments: Arguments, _ provider: any PackageProvider, _ context: StateContext) async throws {
    context.memory.update(memoryName) { $0 = true }
    guard !PkgFunctions.isFresh(arguments, provider) else { return }
    context.functions.progress("refreshing the package lists")
    let refresh = try await provider.refresh(lockTimeout: PkgFunctions.lockTimeout(arguments))
    guard !refresh.failed.isEmpty else { return }
    context.functions.progress("not refreshed: \(refresh.failed.joined(separator: ", "))")
  }
}
