import Functions
import HostSystem
import OrderedCollections
import Value

extension PkgFunctions {
  static let contents: [Function] = [fileDictionary, which, listDownloaded]

  private static let fileDictionary = Function(
    "pkg.file_dict", "The files of packages, by package.",
    details: """
      Returns `{errors: [...], packages: {name: [files]}}`. Without names the files of every package, which is a lot.

      Example: `brine run web1 pkg.file_dict openssl`
      """,
    effect: .inspect, parameters: [.variadic("packages", .string, "Packages.")]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let names = arguments.strings("packages")
    if let bad = names.first(where: { !provider.isValid(name: $0) }) { throw PackageName.refusal(bad) }
    let present = try await provider.state().present
    let found = (names.isEmpty ? present.keys.sorted() : names).filter { present[$0] != nil }
    var packages: ValueMap = [:]
    for (name, files) in try await provider.filesByPackage(found) { packages[.string(name)] = .strings(files) }
    let errors = names.filter { present[$0] == nil }.map { "package \($0) is not installed" }
    return ["errors": .strings(errors), "packages": .map(packages)]
  }

  private static let which = Function(
    "pkg.which", "The package that installed a file.",
    details: """
      Returns null when no package did, and false for a file that is not there or a path that is not absolute.

      Example: `brine run web1 pkg.which /usr/sbin/nginx`
      """,
    effect: .inspect, parameters: [.required("path", .string, "An absolute path.")]
  ) { arguments, context in
    let path = arguments.string("path")
    guard PackageName.isPath(path), context.files.exists(path) else { return false }
    let owner = try await PackageProviders.provider(for: context).owner(of: path)
    return owner.isEmpty ? .null : .string(owner)
  }

  private static let listDownloaded = Function(
    "pkg.list_downloaded", "The packages that are fetched and kept (apt).",
    details: """
      Returns `{name: {version: {path, size, creation_date_time_t, creation_date_time}}}`.

      Example: `brine run web1 pkg.list_downloaded`
      """,
    effect: .read
  ) { _, context in
    guard try PackageProviders.provider(for: context) is AptProvider else {
      throw FunctionError(.unavailable, "Only apt keeps packages in one place.")
    }
    var packages: ValueMap = [:]
    for archive in PackageArchive.all(context.files) {
      guard let status = context.files.status(archive.path) else { continue }
      var versions = packages[.string(archive.name)]?.mapValue ?? [:]
      versions[.string(archive.version)] = [
        "path": .string(archive.path), "size": .int(status.size),
        "creation_date_time_t": .int(Int64(status.modificationTime)),
        "creation_date_time": .string(PackageDate.text(status.modificationTime) ?? ""),
      ]
      packages[.string(archive.name)] = .map(versions)
    }
    return .map(packages)
  }
}
