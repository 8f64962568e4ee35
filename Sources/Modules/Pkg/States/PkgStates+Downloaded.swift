import Functions
import HostSystem
import OrderedCollections
import Value

extension PkgStates {
  static let downloaded = StateFunction(
    "pkg.downloaded", "Has packages fetched, but not installed (apt).",
    parameters: [name, version, packages, ignoreEpoch, normalize] + installing, watch: untriggerable("downloaded")
  ) { arguments, context in
    if arguments["pkgs"] == [] { return StateResult(true, "No packages to download provided") }
    do { return try await download(arguments, context) } catch {
      return StateResult(false, "An error was encountered while downloading package(s): \(reason(error))")
    }
  }

  private static func download(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let provider = try PackageProviders.provider(for: context.functions)
    guard provider is AptProvider else {
      return StateResult(false, "The pkg.downloaded state is not available on this platform")
    }
    guard let wishes = PackageWishes(arguments, provider, isNormalizing: arguments.bool("normalize")) else {
      return misformatted("pkgs")
    }
    func isThere(_ name: String, _ fetched: [String: [String]]) -> Bool {
      guard let versions = fetched[name] else { return false }
      guard let wish = wishes.versions[name] ?? nil, !wish.isEmpty else { return true }
      return VersionRequirement(wish).isFulfilled(
        by: versions, provider, ignoringEpoch: arguments["ignore_epoch"].boolValue)
    }
    let fetched = archived(context.functions.files)
    let targets = wishes.names.filter { !isThere($0, fetched) }
    guard !targets.isEmpty else {
      let isVersioned = wishes.versions.values.contains { $0 != nil }
      let which = isVersioned ? " (matching specified versions)" : ""
      return StateResult(true, "All specified packages\(which) are already downloaded")
    }
    let list = targets.joined(separator: ", ")
    if context.isTest { return StateResult(nil, "The following packages would be downloaded: \(list)") }

    if PackageRefreshing.isDue(arguments, context) {
      try await PackageRefreshing.refresh(arguments, provider, context)
    }
    let repository = try PkgFunctions.repository(arguments)
    var packages: [Value] = []
    for name in targets {
      let wish = wishes.versions[name] ?? nil
      let version = try await PackageVersions.chosen(wish, of: name, provider, fromRepository: repository)
      packages.append([.string(name): version.map(Value.string) ?? .null])
    }
    var named = passedOn(arguments)
    named["pkgs"] = .list(packages)
    named["downloadonly"] = true
    let changes = try await PkgFunctions.install.call(named, context.functions).mapValue ?? [:]
    let after = archived(context.functions.files)
    let failed = targets.filter { !isThere($0, after) }
    guard failed.isEmpty else {
      return StateResult(
        false, "The following packages failed to download: \(wishes.text(failed))", changes: changes)
    }
    return StateResult(true, "Packages downloaded: \(list)", changes: changes)
  }

  /// Versions by name of the files that apt keeps.
  private static func archived(_ files: HostFiles) -> [String: [String]] {
    Dictionary(grouping: PackageArchive.all(files), by: \.name).mapValues { $0.map(\.version) }
  }
}
