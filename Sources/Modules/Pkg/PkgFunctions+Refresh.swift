import Functions
import Value

extension PkgFunctions {
  static let refresh = Function(
    "pkg.refresh_db", "Fetches the lists of the configured repositories.",
    details: """
      On apt returns `{repository: true|null|false}`: fetched anew, unchanged, failed. On dnf returns true when there are \
      upgrades, null when there are none.

      Example: `brine run '*' pkg.refresh_db failhard=true`
      """,
    effect: .change,
    parameters: [
      cacheValidTime, .optional("failhard", .bool, default: false, "Makes one failed repository an error."),
      lockTimeout,
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    guard !context.isTest, !isFresh(arguments, provider) else { return [:] }
    let refresh = try await provider.refresh(lockTimeout: lockTimeout(arguments))
    guard refresh.failed.isEmpty || !arguments.bool("failhard") else {
      throw FunctionError(
        .failed, "These repositories could not be fetched: \(refresh.failed.joined(separator: ", ")).",
        hint: "Check the network, the mirror and pkg.list_repos.")
    }
    return refresh.value
  }
}
