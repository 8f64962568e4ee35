import Functions
import HostSystem
import OrderedCollections
import Value

extension PkgFunctions {
  static let holds: [Function] = [
    hold("pkg.hold", isHeld: true), hold("pkg.unhold", isHeld: false), listHolds, selections,
  ]

  private static func hold(_ function: String, isHeld: Bool) -> Function {
    Function(
      function, isHeld ? "Keeps packages from being upgraded." : "Lets held packages be upgraded again.",
      details: """
        Returns `{package: {name, result, changes, comment}}`; result is null under `test=True` when something would \
        change. On dnf this needs the versionlock plugin.

        Example: `brine run 'db*' \(function) postgresql-15`
        """,
      effect: .change,
      parameters: [name, packages, .variadic("names", .string, "Further packages.")]
    ) { arguments, context in
      let provider = try PackageProviders.provider(for: context)
      let names = try PackageRequest(provider: provider).names(arguments, variadic: "names")
      guard !names.isEmpty else { throw FunctionError(.badArguments, "\(function) needs 'name' or 'pkgs'.") }
      if let pattern = names.first(where: PackageName.isPattern) { throw PackageName.refusal(pattern) }
      var results: ValueMap = [:]
      for outcome in try await PackageHold(provider: provider, isTest: context.isTest).set(isHeld, names) {
        results[.string(outcome.name)] = outcome.value
      }
      return .map(results)
    }
  }

  private static let listHolds = Function(
    "pkg.list_holds", "The packages that are held.",
    details: """
      Returns a list of names; on dnf with the version they are locked at, unless `full=false`.

      Example: `brine run '*' pkg.list_holds`
      """,
    effect: .inspect,
    parameters: [.optional("full", .bool, default: true, "Adds the version where the tool keeps one (dnf).")]
  ) { arguments, context in
    .strings(try await PackageProviders.provider(for: context).holds(isFull: arguments.bool("full")))
  }

  private static let selections = Function(
    "pkg.get_selections", "What dpkg is told to do with each package.",
    details: """
      Returns `{state: [names]}` with the states install, hold, deinstall and purge. Only on apt.

      Example: `brine run '*' pkg.get_selections state=hold`
      """,
    effect: .inspect,
    parameters: [
      .optional("pattern", .string, "A name or a shell pattern; default all."),
      .optional("state", .string, "Only this state.", choices: ["install", "hold", "deinstall", "purge"]),
    ]
  ) { arguments, context in
    guard let apt = try PackageProviders.provider(for: context) as? AptProvider else {
      throw FunctionError(
        .unavailable, "pkg.get_selections is dpkg's; this host has none.", hint: "Use pkg.list_holds.")
    }
    var states: ValueMap = [:]
    for (name, state) in try await apt.selections() {
      if let pattern = arguments.optionalString("pattern"), !PackageName.matches(name, pattern: pattern) { continue }
      states[.string(state)] = .list((states[.string(state)]?.listValue ?? []) + [.string(name)])
    }
    guard let state = arguments.optionalString("state") else { return .map(states) }
    return .map([.string(state): states[state] ?? []])
  }
}
