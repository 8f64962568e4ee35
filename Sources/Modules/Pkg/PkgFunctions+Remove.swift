import Functions
import Value

extension PkgFunctions {
  static let removals: [Function] = [
    removal("pkg.remove", isPurging: false), removal("pkg.purge", isPurging: true), autoremove,
  ]

  private static func removal(_ function: String, isPurging: Bool) -> Function {
    let files = isPurging ? "with their configuration files" : "and keeps their configuration files"
    let returned =
      isPurging
      ? "On apt returns `{installed: changes, removed: changes}`, the second for packages whose configuration files went; "
        + "on dnf, where purge is remove, the changes alone. Changes are `{package: {old, new}}`."
      : "Returns what changed, `{package: {old, new}}`, where `new` is empty; packages that depended on it are among them."
    return Function(
      function, "Removes packages \(files).",
      details: """
        \(returned) A package that is not there is left out, so removing twice is no error. Names may be shell patterns, \
        matched against the installed packages.

        Example: `brine run 'web*' \(function) telnetd`, first with `test=True` to see what would go along
        """,
      effect: .change,
      parameters: [name, packages, .variadic("names", .string, "Further packages."), lockTimeout, timeout]
    ) { arguments, context in
      let provider = try PackageProviders.provider(for: context)
      let asked = try PackageRequest(provider: provider).names(arguments, variadic: "names")
      guard !asked.isEmpty else { throw FunctionError(.badArguments, "\(function) needs 'name' or 'pkgs'.") }
      let before = try await provider.state()
      let leftovers = isPurging ? before.removed : [:]
      let known = Set(before.present.keys).union(leftovers.keys).union(before.broken.keys)
      let names = PackageRequest.resolve(asked, among: known).matches
      let isNested = isPurging && provider is AptProvider
      guard !names.isEmpty else { return [:] }
      let transaction = PackageTransaction(isPurging ? .purge(names) : .remove(names), options: try options(arguments))
      let (changes, after) = try await changes(of: transaction, from: before, provider, context)
      guard isNested else { return changes.value }
      var purged = PackageChanges(from: before.removed, to: after.removed)
      if context.isTest {
        for name in names {
          purged.byName[name] = before.removed[name].map { .init(old: PackageState.text($0), new: "") }
        }
      }
      return ["removed": purged.value, "installed": changes.value]
    }
  }

  private static let autoremove = Function(
    "pkg.autoremove", "Removes packages that were installed for others and are no longer needed.",
    details: """
      Returns what changed, `{package: {old, new}}`; with `list_only` a list of names, and nothing is removed.

      Example: `brine run '*' pkg.autoremove list_only=true`
      """,
    effect: .change,
    parameters: [
      .optional("list_only", .bool, default: false, "Lists what would go."),
      .optional("purge", .bool, default: false, "Removes configuration files too (apt)."), lockTimeout, timeout,
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let transaction = PackageTransaction(
      .autoremove(isPurging: arguments.bool("purge")), options: try options(arguments))
    let before = try await provider.state()
    if arguments.bool("list_only") {
      return .strings(try await provider.predict(transaction, from: before).byName.keys.sorted())
    }
    return try await changes(of: transaction, from: before, provider, context).changes.value
  }
}
