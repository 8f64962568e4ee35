import Functions
import Glibc
import OrderedCollections
import Value

extension PkgFunctions {
  /// Runs a transaction between two readings of the database; what is returned is their difference, not what the tool
  /// says. In test mode it is the tool's prediction.
  static func changes(
    of transaction: PackageTransaction, from before: PackageState, _ provider: any PackageProvider,
    _ context: FunctionContext
  ) async throws -> (changes: PackageChanges, after: PackageState) {
    if context.isTest { return (try await provider.predict(transaction, from: before), before) }
    do {
      try await provider.perform(transaction, from: before)
    } catch var error as FunctionError {
      // What was done before the failure stays done: say so.
      if let after = try? await provider.state() {
        let changes = PackageChanges(from: before.present, to: after.present)
        if !changes.isEmpty { error.message += "\nChanged before the failure: \(changes.summary)." }
        let broken = after.broken.keys.sorted().prefix(10).joined(separator: ", ")
        if !broken.isEmpty { error.message += "\nLeft half-done: \(broken)." }
      }
      throw error
    }
    let after = try await provider.state()
    return (PackageChanges(from: before.present, to: after.present), after)
  }

  /// Fetches the lists when that is asked for and they are old enough; in test mode too, which is to say what would be done.
  ///
  /// - Returns: repositories that could not be fetched.
  static func refreshIfAsked(
    _ arguments: Arguments, _ provider: any PackageProvider, _ context: FunctionContext, lockTimeout: Duration
  ) async throws -> [String] {
    guard arguments.bool("refresh"), !isFresh(arguments, provider) else { return [] }
    context.progress("refreshing the package lists")
    let refresh = try await provider.refresh(lockTimeout: lockTimeout)
    if !refresh.failed.isEmpty { context.progress("not refreshed: \(refresh.failed.joined(separator: ", "))") }
    return refresh.failed
  }

  static func isFresh(_ arguments: Arguments, _ provider: any PackageProvider) -> Bool {
    guard let seconds = arguments.int("cache_valid_time"), seconds > 0, let last = provider.lastRefresh() else {
      return false
    }
    return last + Double(seconds) > Double(time(nil))
  }

  /// "Nothing to do" is only true when the lists are new: a mirror that failed must not look like a patched host.
  static func checkFreshness(_ failed: [String], isEmpty: Bool) throws(FunctionError) {
    guard isEmpty, !failed.isEmpty else { return }
    throw FunctionError(
      .failed,
      "Nothing newer was found, but these repositories could not be fetched: \(failed.joined(separator: ", ")).",
      hint: "Mend the repositories, or say refresh=false to go by the lists as they are.")
  }

  static func lockTimeout(_ arguments: Arguments) throws(FunctionError) -> Duration {
    let seconds = arguments.int("lock_timeout") ?? 120
    guard (0...86400).contains(seconds) else {
      throw FunctionError(.badArguments, "'lock_timeout' is a number of seconds from 0 to 86400, not \(seconds).")
    }
    return .seconds(seconds)
  }

  static func timeout(_ arguments: Arguments) throws(FunctionError) -> Duration? {
    guard let seconds = arguments.int("timeout") else { return nil }
    guard (1...86400).contains(seconds) else {
      throw FunctionError(.badArguments, "'timeout' is a number of seconds from 1 to 86400, not \(seconds).")
    }
    return .seconds(seconds)
  }

  /// The options of a transaction, as far as the function has parameters for them.
  static func options(_ arguments: Arguments, release: Bool = false) throws(FunctionError) -> PackageOptions {
    var options = PackageOptions()
    options.lockTimeout = try lockTimeout(arguments)
    options.timeout = try timeout(arguments)
    guard release else { return options }
    options.configurationFiles = .init(rawValue: arguments.string("conffiles")) ?? .keep
    if arguments.bool("force_conf_new") { options.configurationFiles = .new }
    options.fromRepository = try repository(arguments)
    options.isDownloadOnly = arguments.bool("downloadonly")
    options.isUnauthenticatedAllowed = arguments.bool("skip_verify")
    options.isDowngradeAllowed = arguments.bool("allow_downgrades")
    return options
  }

  static func repository(_ arguments: Arguments) throws(FunctionError) -> String? {
    guard let repository = arguments.optionalString("fromrepo"), !repository.isEmpty else { return nil }
    guard PackageName.isRepository(repository) else {
      throw PackageName.refusal(repository, as: "a release or repository id")
    }
    return repository
  }

  /// Salt's habit: the bare value for one name, a map for several.
  static func single(_ names: [String], _ map: ValueMap, empty: Value = "") -> Value {
    if names.isEmpty { return empty }
    return names.count == 1 ? map[names[0]] ?? "" : .map(map)
  }
}
