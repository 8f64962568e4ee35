import Functions
import OrderedCollections
import Value

extension PkgStates {
  static let held = StateFunction(
    "pkg.held", "Keeps packages from being upgraded.",
    parameters: [
      name, version, packages,
      .optional("replace", .bool, default: false, "Lets go of all other packages."),
      .keywords("kwargs", "Taken for compatibility and not used."),
    ], watch: untriggerable("held")
  ) { arguments, context in
    let isReplacing = arguments.bool("replace")
    if arguments["pkgs"] == [], !isReplacing { return StateResult(true, "No packages to be held provided") }
    let provider = try PackageProviders.provider(for: context.functions)
    let hold = PackageHold(provider: provider, isTest: false)
    let wishes = arguments["pkgs"] == [] ? PackageWishes() : PackageWishes(arguments, provider, isNormalizing: false)
    guard let wishes else { return misformatted("pkgs") }
    let locked = try await provider.holds(isFull: false)
    var result = StateResult(true, "")
    var comments: [String] = []
    for name in wishes.names where !locked.contains(name) {
      if context.isTest {
        let version = (wishes.versions[name] ?? nil).map { " (version = \($0))" } ?? ""
        comments.append("The following package would be held: \(name)\(version)")
        continue
      }
      do {
        for outcome in try await hold.set(true, [name]) {
          comments.append("Package \(name) is now being held")
          result.changes[name] = outcome.value
        }
      } catch {
        result.result = false
        comments.append("Package \(name) was not held\n\(reason(error))")
      }
    }
    if isReplacing {
      let others = locked.filter { !wishes.names.contains($0) }
      try await release(others, hold, context, &result, &comments) { _ in "" }
    }
    return finished(result, comments)
  }

  static let unheld = StateFunction(
    "pkg.unheld", "Lets held packages be upgraded again.",
    parameters: [
      name, version, packages, .optional("all", .bool, default: false, "Lets go of all packages."),
      .keywords("kwargs", "Taken for compatibility and not used."),
    ], watch: untriggerable("unheld")
  ) { arguments, context in
    let isForAll = arguments.bool("all")
    if arguments["pkgs"] == [], !isForAll { return StateResult(true, "No packages to be unheld provided") }
    let provider = try PackageProviders.provider(for: context.functions)
    let wishes = arguments["pkgs"] == [] ? PackageWishes() : PackageWishes(arguments, provider, isNormalizing: false)
    guard let wishes else { return misformatted("pkgs") }
    let locked = try await provider.holds(isFull: false)
    var result = StateResult(true, "")
    var comments: [String] = []
    let names = locked.filter { isForAll || wishes.names.contains($0) }
    try await release(names, PackageHold(provider: provider, isTest: false), context, &result, &comments) { name in
      (wishes.versions[name] ?? nil) == nil ? "" : " (version = None)"
    }
    return finished(result, comments)
  }

  private static func release(
    _ names: [String], _ hold: PackageHold, _ context: StateContext, _ result: inout StateResult,
    _ comments: inout [String], version: (String) -> String
  ) async throws {
    for name in names {
      if context.isTest {
        comments.append("The following package would be unheld: \(name)\(version(name))")
        continue
      }
      do {
        for outcome in try await hold.set(false, [name]) {
          comments.append(outcome.comment)
          result.changes[name] = outcome.value
        }
      } catch {
        result.result = false
        comments.append(reason(error))
      }
    }
  }

  private static func finished(_ result: StateResult, _ comments: [String]) -> StateResult {
    var result = result
    result.comment = comments.joined(separator: "\n")
    if result.changes.isEmpty, result.comment.isEmpty { result.comment = "No changes made" }
    return result
  }

  static func misformatted(_ argument: String) -> StateResult {
    StateResult(false, "Invalidly formatted '\(argument)' parameter. See minion log.")
  }
}
