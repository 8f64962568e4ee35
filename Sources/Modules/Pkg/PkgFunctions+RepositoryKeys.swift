import Functions
import OrderedCollections
import Value

extension PkgFunctions {
  static let repositoryKeys: [Function] = [getRepositoryKeys, addRepositoryKey, deleteRepositoryKey]

  private static let aptKey = Parameter.optional(
    "aptkey", .bool, default: true,
    "True: the keys in /etc/apt/trusted.gpg.d, which hold for every repository. False: those in `keydir`.")
  private static let keyDirectory = Parameter.optional(
    "keydir", .string, "A directory of key files; /etc/apt/keyrings.")

  private static let getRepositoryKeys = Function(
    "pkg.get_repo_keys", "The keys that repositories are signed with (apt).",
    details: """
      Returns `{keyid: {fingerprint, uid, date_creation, date_expiration, …}}`, by gpg, which must be on the host.

      Example: `brine run web1 pkg.get_repo_keys`
      """,
    effect: .inspect, parameters: [aptKey, keyDirectory]
  ) { arguments, context in
    let keys = try keys(context)
    return .map(try await keys.list(keys.keyFiles(in: directory(arguments))))
  }

  private static let addRepositoryKey = Function(
    "pkg.add_repo_key", "Puts a key that repositories are signed with in place (apt).",
    details: """
      Of a file, a text or a key server; what is no public key is refused. Returns true.

      Example: `brine run web1 pkg.add_repo_key path=salt://keys/x.asc aptkey=False`
      """,
    effect: .change,
    parameters: [
      .optional("path", .string, "`salt://…`, `http(s)://…` or a path of the host."),
      .optional("text", .string, "The key itself, armored."),
      .optional("keyserver", .string, "A key server; with `keyid`."), .optional("keyid", .any, "Ids of keys."),
      .optional("saltenv", .string, default: "base", "The file environment."), aptKey, keyDirectory,
      .optional("keyfile", .string, "The name of the file; default that of `path`, else the fingerprint."),
    ]
  ) { arguments, context in
    var keys = try keys(context)
    keys.environment = arguments.string("saltenv")
    let ids = RepositoryKeySource.ids(arguments["keyid"])
    let directory = directory(arguments) ?? RepositoryKeys.trusted
    if !ids.isEmpty, ids.allSatisfy({ keys.file(of: $0, in: directory) != nil }) { return true }
    let source: RepositoryKeySource
    if let path = arguments.optionalString("path") {
      source = .place(path)
    } else if let text = arguments.optionalString("text") {
      source = .text(text)
    } else if let server = arguments.optionalString("keyserver"), !ids.isEmpty {
      try RepositoryKeySource.check(server, ids)
      source = .server(server, ids: ids)
    } else {
      throw FunctionError(.badArguments, "pkg.add_repo_key needs 'path', 'text', or 'keyserver' with 'keyid'.")
    }
    let key = try await keys.fetch(source)
    let file = "\(directory)/\(try fileName(arguments, key))"
    if !context.isTest, !keys.isInPlace(key, at: file) { try keys.place(key, at: file) }
    return true
  }

  private static func fileName(_ arguments: Arguments, _ key: OpenPGPKey) throws(FunctionError) -> String {
    let path = arguments.string("path")
    let last = String(path.prefix { !"?#".contains($0) }.split(separator: "/").last ?? "")
    let name = arguments.optionalString("keyfile") ?? (last.isEmpty ? "\(key.fingerprints[0]).asc" : last)
    guard PackageName.isRepository(name), !name.contains("/"), !name.contains("..") else {
      throw FunctionError(
        .badArguments, "'\(name.shownOnOneLine)' is no name for a key file.", hint: "Say keyfile=NAME.")
    }
    // apt reads only these two.
    return name.hasSuffix(".asc") || name.hasSuffix(".gpg") ? name : "\(name).asc"
  }

  private static let deleteRepositoryKey = Function(
    "pkg.del_repo_key", "Removes the file with a key that repositories are signed with (apt).",
    details: """
      Returns the id; an id that no file has is an error. Other keys in the same file go with it.

      Example: `brine run web1 pkg.del_repo_key keyid=0123ABCD`
      """,
    effect: .change,
    parameters: [
      .optional("name", .string, "Taken for compatibility and not used."), aptKey, keyDirectory,
      .required("keyid", .any, "The key's id."),
    ]
  ) { arguments, context in
    let keys = try keys(context)
    for id in RepositoryKeySource.ids(arguments["keyid"]) { try keys.remove(id, in: directory(arguments)) }
    return arguments["keyid"]
  }

  private static func directory(_ arguments: Arguments) -> String? {
    arguments.optionalString("keydir") ?? (arguments.bool("aptkey") ? nil : RepositoryKeys.directory)
  }

  private static func keys(_ context: FunctionContext) throws -> RepositoryKeys {
    guard try PackageProviders.provider(for: context) is AptProvider else {
      throw FunctionError(.unavailable, "Keys of repositories are files on apt only.", hint: "On dnf give gpgkey=.")
    }
    return RepositoryKeys(context: context)
  }
}
