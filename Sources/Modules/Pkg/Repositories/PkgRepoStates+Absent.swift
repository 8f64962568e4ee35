import Functions
import OrderedCollections
import Value

extension PkgRepoStates {
  static let absent = StateFunction(
    "pkgrepo.absent", "Has a repository not configured.",
    details: """
      On apt only the components of the name go; the repository goes with its last one, and a file of \
      /etc/apt/sources.list.d with its last repository. With `keyid` the key goes too.
      """,
    parameters: [
      .required("name", .string, "The line (apt), or the id (dnf)."),
      .optional("keyid", .any, "Removes the file with this key as well (apt)."),
      .optional("ppa", .string, "`owner/name` of a PPA (Ubuntu)."),
      .optional("copr", .string, "Refused: Copr projects are not set up here."),
      .optional("refresh", .bool, default: true, "Fetches the lists when something was changed (apt)."),
      .optional("basedir", .string, "The directory of the `.repo` files (dnf)."), PkgFunctions.lockTimeout,
      .keywords("kwargs", "Taken for compatibility with pkgrepo.managed and not used."),
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    do {
      let provider = try PackageProviders.provider(for: context.functions)
      guard let apt = provider as? AptProvider else { return try removeYum(name, arguments, context) }
      return try await removeApt(name, arguments, apt, context)
    } catch {
      return StateResult(false, "Failed to configure repo '\(name)': \(reason(error))")
    }
  }

  private static func removeApt(
    _ name: String, _ arguments: Arguments, _ apt: AptProvider, _ context: StateContext
  ) async throws -> StateResult {
    var line = AptRepositoryLine(name)
    if let ppa = arguments.optionalString("ppa") ?? (name.hasPrefix("ppa:") ? String(name.dropFirst(4)) : nil) {
      line = try PersonalArchive(ppa, context.functions).line()
    }
    var repositories = try AptRepositories.read(context.functions.files)
    guard let line, name.isOneLine, !repositories.delete(line).isEmpty else {
      return StateResult(true, "Package repo \(name) is absent")
    }
    guard !context.isTest else { return StateResult(nil, "Package repo '\(name)' will be removed. \(caution)") }
    try repositories.save(context.functions.files)
    var result = StateResult(true, "Removed repo \(name)", changes: ["repo": .string(name)])
    if arguments.isGiven("keyid") { removeKeys(arguments, context, &result) }
    guard arguments.bool("refresh") else { return result }
    do {
      _ = try await apt.refresh(lockTimeout: PkgFunctions.lockTimeout(arguments))
      PackageRefreshing.remember(context)
    } catch {
      result.result = false
      result.comment += ", but the lists could not be fetched: \(reason(error))"
    }
    return result
  }

  private static func removeKeys(_ arguments: Arguments, _ context: StateContext, _ result: inout StateResult) {
    let keys = RepositoryKeys(context: context.functions)
    for id in RepositoryKeySource.ids(arguments["keyid"]) {
      do {
        try keys.remove(id, in: nil)
        result.changes["keyid"] = .string(id)
        result.comment += ", and keyid \(id)"
      } catch {
        result.result = false
        result.comment += ", but failed to remove key: \(reason(error))"
      }
    }
  }

  private static func removeYum(_ name: String, _ arguments: Arguments, _ context: StateContext) throws -> StateResult {
    guard !arguments.isGiven("copr"), !name.hasPrefix("copr:") else {
      throw FunctionError(.unavailable, "Copr projects are not set up here.")
    }
    if arguments.isGiven("keyid") {
      return StateResult(false, "Repo key management is not implemented for this platform")
    }
    let files = context.functions.files
    guard let place = YumRepositories.find(name, in: arguments.optionalString("basedir"), files) else {
      return StateResult(true, "Package repo \(name) is absent")
    }
    guard !context.isTest else { return StateResult(nil, "Package repo '\(name)' will be removed. \(caution)") }
    try YumRepositories.remove(name, from: place.path, files)
    return StateResult(true, "Removed repo \(name)", changes: ["repo": .string(name)])
  }
}
