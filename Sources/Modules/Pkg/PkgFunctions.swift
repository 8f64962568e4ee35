public import Functions
import Value

/// `pkg.*`: packages on apt and on dnf, with Salt's names, arguments and returns.
public enum PkgFunctions {
  public static let all: [Function] =
    queries + available + [refresh, install, upgrade] + removals + holds + files + configuration
    + repositories + repositoryKeys + names + contents + catalogue + selectionChanges
    + groups

  // MARK: Parameters that several functions share

  static let name = Parameter.optional("name", .string, "The package; commas separate several.")
  static let packages = Parameter.optional(
    "pkgs", .any, "Several packages: a list of names, of which any may be a {name: version} map.")
  static let lockTimeout = Parameter.optional(
    "lock_timeout", .int, default: 120, "Seconds to wait while another program holds the package lock.")
  static let timeout = Parameter.optional(
    "timeout", .int,
    "Seconds until the package tool and all that it started are ended, such as a package's script that hangs; default "
      + "the job's deadline.")
  static let configurationFiles = Parameter.optional(
    "conffiles", .string, default: "keep",
    "What becomes of a configuration file changed both here and in the package: keep this host's or take the new one.",
    choices: ["keep", "new"])
  static let cacheValidTime = Parameter.optional(
    "cache_valid_time", .int, default: 0, "Leaves the lists alone when they are younger than this many seconds.")
  static let fromRepository = Parameter.optional(
    "fromrepo", .string,
    "A release such as bookworm-backports (apt), or a repository's id (dnf), to take packages from.")
  static func refreshing(_ value: Bool) -> Parameter {
    .optional("refresh", .bool, default: .bool(value), "Fetches the repositories' lists first, in test mode too.")
  }
}
