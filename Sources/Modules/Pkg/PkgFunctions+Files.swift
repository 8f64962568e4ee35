import Functions
import OrderedCollections
import Value

extension PkgFunctions {
  static let files: [Function] = [owner, fileList]
  static let configuration: [Function] = [listRepositories]

  private static let owner = Function(
    "pkg.owner", "The package that a file belongs to.",
    details: """
      One path gives a string, empty when no package owns it; several give a map. A directory shared by packages gives \
      their names joined by commas.

      Example: `brine run web1 pkg.owner /usr/sbin/nginx`
      """,
    effect: .inspect, parameters: [.variadic("paths", .string, "Absolute paths.")]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let paths = arguments.strings("paths")
    if let bad = paths.first(where: { !PackageName.isPath($0) }) {
      throw FunctionError(.badArguments, "'\(bad)' is not an absolute path.")
    }
    var owners: ValueMap = [:]
    for path in paths { owners[path] = .string(try await provider.owner(of: path)) }
    return single(paths, owners)
  }

  private static let fileList = Function(
    "pkg.file_list", "The files of packages.",
    details: """
      Returns `{errors: [...], files: [...]}`, the files of all named packages together, sorted. Without names the files \
      of every package, which is a lot.

      Example: `brine run web1 pkg.file_list openssl`
      """,
    effect: .inspect, parameters: [.variadic("packages", .string, "Packages.")]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let names = arguments.strings("packages")
    if let bad = names.first(where: { !provider.isValid(name: $0) }) { throw PackageName.refusal(bad) }
    let (files, errors) = try await provider.files(of: names)
    return ["errors": .strings(errors), "files": .strings(files)]
  }

  private static let listRepositories = Function(
    "pkg.list_repos", "The repositories that are configured.",
    details: """
      On apt returns `{uri: [{file, type, uri, dist, comps, disabled, enabled, architectures, signedby, line, …}]}`, one \
      entry for each suite and type, disabled ones included; on dnf `{id: {name, baseurl, enabled, file, …}}`. Passwords \
      in addresses are hidden.

      Example: `brine run '*' pkg.list_repos`
      """,
    effect: .read
  ) { _, context in
    .map(try PackageProviders.provider(for: context).repositories())
  }
}
