import Functions
import OrderedCollections
import Value

extension PkgFunctions {
  static let queries: [Function] = [version, listPackages, versionCompare, informationInstalled]

  private static let asLists = Parameter.optional(
    "versions_as_list", .bool, default: false, "Gives the versions of a package as a list instead of joined by commas.")

  private static let version = Function(
    "pkg.version", "The installed version of packages.",
    details: """
      One name gives a string, empty when the package is not installed; several names, or a shell pattern, give a map \
      from name to version.

      Example: `brine run 'web*' pkg.version openssl`, `brine run '*' pkg.version 'libssl*'`
      """,
    effect: .inspect,
    parameters: [.variadic("names", .string, "Packages, or shell patterns such as `libssl*`."), asLists]
  ) { arguments, context in
    let names = arguments.strings("names")
    guard !names.isEmpty else { return [:] }
    let present = try await PackageProviders.provider(for: context).state().present
    var versions: [String: [String]] = [:]
    for name in names where !PackageName.isPattern(name) { versions[name] = present[name] ?? [] }
    for pattern in names where PackageName.isPattern(pattern) {
      for (name, list) in present where PackageName.matches(name, pattern: pattern) { versions[name] = list }
    }
    guard let map = PackageState.value(versions, asLists: arguments.bool("versions_as_list")).mapValue else {
      return [:]
    }
    let hasPattern = names.contains(where: PackageName.isPattern)
    return hasPattern ? .map(map) : single(Set(names).sorted(), map)
  }

  private static let listPackages = Function(
    "pkg.list_pkgs", "All installed packages with their versions.",
    details: """
      Returns `{name: version}`. A package of another architecture than the host's has that as a suffix (`libc6:i386`, \
      `glibc.i686`). Versions of a package that is there several times are joined by commas.

      Example: `brine run web1 pkg.list_pkgs`
      """,
    effect: .inspect,
    parameters: [
      asLists,
      .optional("removed", .bool, default: false, "Lists packages that are removed but not purged instead (apt)."),
      .optional(
        "purge_desired", .bool, default: false,
        "Lists packages that are marked for purging but still needed instead (apt)."),
    ]
  ) { arguments, context in
    let state = try await PackageProviders.provider(for: context).state()
    let packages =
      arguments.bool("removed") ? state.removed : arguments.bool("purge_desired") ? state.purgeDesired : state.present
    return PackageState.value(packages, asLists: arguments.bool("versions_as_list"))
  }

  private static let versionCompare = Function(
    "pkg.version_cmp", "Compares two package versions by the rules of this host's package system.",
    details: """
      Returns -1, 0 or 1 as the first is older than, equal to or newer than the second; null when one of them is no \
      version.

      Example: `brine run web1 pkg.version_cmp 1.0~rc1-1 1.0-1` gives -1
      """,
    effect: .read,
    parameters: [
      .required("pkg1", .string, "A version."), .required("pkg2", .string, "The version it is compared with."),
      .optional("ignore_epoch", .bool, default: false, "Leaves what stands before the colon out of account."),
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let order = provider.order(
      arguments.string("pkg1"), arguments.string("pkg2"), ignoringEpoch: arguments.bool("ignore_epoch"))
    return order.map { .integer($0) } ?? .null
  }

  private static let informationInstalled = Function(
    "pkg.info_installed", "What the package database says of installed packages.",
    details: """
      Returns `{name: {version, architecture or arch, source, packager, group, url, install_date, description, …}}`. \
      Without names, all packages.

      Example: `brine run web1 pkg.info_installed openssl`
      """,
    effect: .inspect,
    parameters: [
      .variadic("names", .string, "Packages."),
      .optional("failhard", .bool, default: true, "Makes it an error when none of the packages is installed."),
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let names = arguments.strings("names")
    if let bad = names.first(where: { !provider.isValid(name: $0) }) { throw PackageName.refusal(bad) }
    let packages = try await provider.information(of: names)
    if packages.isEmpty, !names.isEmpty, arguments.bool("failhard") {
      throw FunctionError(.notFound, "None of these packages is installed: \(names.joined(separator: ", ")).")
    }
    var map: ValueMap = [:]
    for (name, information) in packages.sorted(by: { $0.key < $1.key }) { map[name] = .map(information) }
    return .map(map)
  }
}
