import Functions
import HostSystem
import OrderedCollections
import Value

extension PkgFunctions {
  static let catalogue: [Function] = [listRepositoryPackages, show]

  private static let listRepositoryPackages = Function(
    "pkg.list_repo_pkgs", "The versions of packages that the repositories offer.",
    details: """
      Returns `{name: [versions]}`, newest first. Without names everything that is offered, which is a lot.

      Example: `brine run web1 pkg.list_repo_pkgs openssl`
      """,
    effect: .inspect,
    parameters: [
      .variadic("args", .string, "Packages; on dnf also shell patterns."), fromRepository,
      .keywords("kwargs", "Taken for compatibility and not used."),
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let names = try PackageRequest(provider: provider).names(of: arguments.strings("args"))
    var packages: ValueMap = [:]
    for (name, versions) in try await provider.offered(names, fromRepository: repository(arguments)) {
      packages[.string(name)] = .strings(versions)
    }
    return .map(packages)
  }

  private static let show = Function(
    "pkg.show", "What the repositories say of packages (apt).",
    details: """
      Returns `{name: {version: {field: text}}}`, of each field its first line.

      Example: `brine run web1 pkg.show openssl filter=description,depends`
      """,
    effect: .inspect,
    parameters: [
      .variadic("names", .string, "Packages."),
      .optional("filter", .stringList, "Only these fields."), refreshing(false), cacheValidTime, lockTimeout,
    ]
  ) { arguments, context in
    guard let apt = try PackageProviders.provider(for: context) as? AptProvider else {
      throw FunctionError(.unavailable, "pkg.show is apt's; this host has none.", hint: "Use pkg.list_repo_pkgs.")
    }
    let names = try PackageRequest(provider: apt).names(of: arguments.strings("names"))
    guard !names.isEmpty else { return [:] }
    _ = try await refreshIfAsked(arguments, apt, context, lockTimeout: lockTimeout(arguments))
    let fields = Set(arguments.strings("filter").map { $0.lowercased() })
    var packages: ValueMap = [:]
    for record in try await apt.records(names) {
      guard let name = record["Package"], let version = record["Version"] else { continue }
      var shown: ValueMap = [:]
      for (field, text) in record where field != "Package" && field != "Version" {
        if fields.isEmpty || fields.contains(field.lowercased()) { shown[.string(field)] = .string(text) }
      }
      var versions = packages[.string(name)]?.mapValue ?? [:]
      versions[.string(version)] = .map(shown)
      packages[.string(name)] = .map(versions)
    }
    return .map(packages)
  }
}
