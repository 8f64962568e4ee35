import Functions
import Value

/// What `pkgrepo.managed` and `pkg.mod_repo` take.
enum RepositoryParameters {
  static let apt: [Parameter] = [
    .optional("comps", .any, "The components, instead of those in the name: a list, or commas between (apt)."),
    .optional("architectures", .any, "Only these architectures: a list, or commas between (apt)."),
    .optional("dist", .string, "The suite, instead of that in the name (apt)."),
    .optional("uri", .string, "The address, instead of that in the name (apt)."),
    .optional(
      "file", .string, "The file it stands in, `.list` or `.sources`; default where it is, else sources.list (apt)."),
    .optional("key_url", .string, "The signing key: `salt://…`, `http(s)://…`, or a path of the host (apt)."),
    .optional("key_text", .string, "The signing key itself, armored (apt)."),
    .optional("keyid", .any, "Ids of signing keys that `keyserver` has (apt)."),
    .optional("keyserver", .string, "A key server; needs gpg and dirmngr on the host (apt)."),
    .optional(
      "signedby", .string,
      "The keyring that signs it, as `[signed-by=…]` in the name says; the key is put there (apt)."),
    .optional("trusted", .any, "Take it without a signature, as `[trusted=yes]` in the name says (apt)."),
    .optional("clean_file", .bool, default: false, "Leaves no other repository in `file` (apt)."),
    .optional(
      "consolidate", .bool, default: false, "Joins lines that differ in nothing but their components first (apt)."),
    .optional("allow_insecure_key", .bool, default: true, "With false a `key_url` with http is refused."),
    .optional(
      "aptkey", .any,
      "Taken for compatibility: apt-key is never used. A key without `signedby` goes to /etc/apt/trusted.gpg.d."),
    .optional("ppa", .string, "`owner/name` of a PPA; only on Ubuntu and Mint, with apt-add-repository."),
    .optional("refresh", .bool, default: true, "Fetches the lists when something was changed (apt)."),
    .optional("refresh_db", .any, "The same as refresh."),
  ]

  static let dnf: [Parameter] = [
    .optional("humanname", .string, "What the repository is called (dnf)."),
    .optional("human_name", .string, "The same, as some formulas have it (dnf)."),
    .optional("baseurl", .string, "Its address (dnf)."),
    .optional("mirrorlist", .string, "The address of a list of mirrors (dnf)."),
    .optional("metalink", .string, "The address of a metalink (dnf)."),
    .optional("gpgcheck", .any, "Whether packages must be signed (dnf)."),
    .optional("gpgkey", .any, "Addresses of signing keys (dnf)."),
    .optional("copr", .string, "`owner/name` of a Copr project: refused (dnf)."),
    .optional("basedir", .string, "The directory of the `.repo` files; /etc/yum.repos.d (dnf)."),
  ]

  static let both: [Parameter] = [
    .optional("enabled", .any, "Whether it is used; default true."),
    .optional("disabled", .any, "The opposite of enabled."),
    .optional("comments", .any, "A comment: a text or a list."), PkgFunctions.lockTimeout,
    .keywords("kwargs", "Further options of the repository on dnf; refused on apt."),
  ]

  static let all = apt + dnf + both

  /// Words of the other family that were given: they are not used, and that is said.
  static func unused(_ parameters: [Parameter], _ arguments: Arguments) -> [String] {
    let names = parameters.filter { parameter in
      !["refresh", "allow_insecure_key"].contains(parameter.name) && arguments.isGiven(parameter.name)
        && arguments[parameter.name] != parameter.defaultValue
    }.map(\.name)
    return names.isEmpty ? [] : ["Not used by this host's package system: \(names.joined(separator: ", "))."]
  }

  static func isRefreshing(_ arguments: Arguments) -> Bool {
    AptRepositoryRequest.truth(arguments["refresh_db"]) ?? arguments.bool("refresh")
  }

  static func refuseUnknown(_ arguments: Arguments) throws(FunctionError) {
    let unknown = arguments.map("kwargs").keys.map(\.description)
    guard unknown.isEmpty else {
      throw FunctionError(.badArguments, "Repositories of apt have no option \(unknown.joined(separator: ", ")).")
    }
  }
}
