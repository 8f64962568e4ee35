import Functions
import OrderedCollections
import Value

extension PkgRepoStates {
  static let managed = StateFunction(
    "pkgrepo.managed", "Has a repository configured.",
    details: """
      On apt the name is the whole line, `deb [signed-by=/etc/apt/keyrings/x.asc] https://… suite component…`; `file` may \
      be a `.list` or a deb822 `.sources` file. On dnf it is the id. A key of `key_url`, `key_text` or `keyid` is put \
      where `signed-by` says, armored for a name that ends with `.asc`; it is checked to be a public key, and put in \
      place again when it is missing or was replaced at its source.

      Changes are `{repo: name}` for a new repository, else `{field: {new, old}}`; with `key`, fingerprints. Files that \
      apt would not read, and lines that would keep it from reading any, are refused.
      """,
    parameters: [.required("name", .string, "The line (apt), or the id (dnf).")] + RepositoryParameters.all
  ) { arguments, context in
    if let refusal = refusal(arguments) { return StateResult(false, refusal) }
    let name = arguments.string("name")
    do {
      let provider = try PackageProviders.provider(for: context.functions)
      guard let apt = provider as? AptProvider else { return try manageYum(name, arguments, context) }
      return try await manageApt(name, arguments, apt, context)
    } catch {
      return StateResult(false, "Failed to configure repo '\(name)': \(reason(error))")
    }
  }

  private static func refusal(_ arguments: Arguments) -> String? {
    if arguments.map("kwargs")["repo"] != nil {
      return "'repo' is not a supported argument for this state. The 'name' argument is probably what was intended."
    }
    if arguments.isGiven("enabled"), arguments.isGiven("disabled") { return "Only one of enabled/disabled is allowed" }
    return nil
  }

  private static func manageApt(
    _ name: String, _ arguments: Arguments, _ apt: AptProvider, _ context: StateContext
  ) async throws -> StateResult {
    if let ppa = arguments.optionalString("ppa") ?? (name.hasPrefix("ppa:") ? String(name.dropFirst(4)) : nil) {
      return try await managePPA(name, ppa, arguments, apt, context)
    }
    try RepositoryParameters.refuseUnknown(arguments)
    let setup = try AptRepositorySetup(
      name, arguments, context.functions, environment: context.environment, isEnabledByDefault: true)
    let finding = try await setup.look()
    var warnings = RepositoryParameters.unused(RepositoryParameters.dnf, arguments)
    if setup.isKeyTrustedForAll {
      warnings.append("Without signed-by the key holds for every repository of the host.")
    }
    let changes: ValueMap = finding.before.isEmpty ? ["repo": .string(name)] : finding.differences
    if let foreseen = foreseen(name, isDone: finding.isDone, changes, warnings, context) { return foreseen }
    let isRefreshing = RepositoryParameters.isRefreshing(arguments)
    do {
      try await setup.apply(
        finding, refreshing: isRefreshing ? apt : nil, lockTimeout: PkgFunctions.lockTimeout(arguments))
    } catch {
      // What is on disk by now stays: say so.
      let isOnDisk = try await setup.look().isDone
      return StateResult(
        false, "Failed to configure repo '\(name)': \(reason(error))", changes: isOnDisk ? changes : [:],
        warnings: warnings)
    }
    if isRefreshing { PackageRefreshing.remember(context) }
    return StateResult(true, "Configured package repo '\(name)'", changes: changes, warnings: warnings)
  }

  private static func managePPA(
    _ name: String, _ ppa: String, _ arguments: Arguments, _ apt: AptProvider, _ context: StateContext
  ) async throws -> StateResult {
    let archive = try PersonalArchive(ppa, context.functions)
    let isDone = try archive.isConfigured()
    if let foreseen = foreseen(name, isDone: isDone, ["repo": .string(name)], [], context) { return foreseen }
    try await archive.add()
    if RepositoryParameters.isRefreshing(arguments) {
      _ = try await apt.refresh(lockTimeout: PkgFunctions.lockTimeout(arguments))
      PackageRefreshing.remember(context)
    }
    return StateResult(true, "Configured package repo '\(name)'", changes: ["repo": .string("ppa:\(ppa)")])
  }

  private static func manageYum(_ name: String, _ arguments: Arguments, _ context: StateContext) throws -> StateResult {
    let warnings = RepositoryParameters.unused(RepositoryParameters.apt, arguments)
    let setup = YumRepositorySetup(
      request: try YumRepositoryRequest(name, arguments, isState: true), files: context.functions.files)
    let finding = try setup.look()
    let changes: ValueMap = finding.before.isEmpty ? ["repo": .string(name)] : finding.differences
    if let foreseen = foreseen(name, isDone: finding.isDone, changes, warnings, context) { return foreseen }
    try setup.apply(finding)
    return StateResult(true, "Configured package repo '\(name)'", changes: changes, warnings: warnings)
  }

  /// The result where nothing is to be done, or is to be only foretold.
  private static func foreseen(
    _ name: String, isDone: Bool, _ changes: ValueMap, _ warnings: [String], _ context: StateContext
  ) -> StateResult? {
    if isDone { return StateResult(true, "Package repo '\(name)' already configured", warnings: warnings) }
    guard context.isTest else { return nil }
    return StateResult(
      nil, "Package repo '\(name)' would be configured. \(caution)", changes: changes, warnings: warnings)
  }
}
