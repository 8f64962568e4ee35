public import Functions
import OrderedCollections
import Value

/// States `pkg.*`: packages on apt and on dnf.
public enum PkgStates {
  public static let all: [StateFunction] = [
    installed, latest, downloaded, removed, purged, upToDate, held, unheld, groupInstalled, patchInstalled,
    patchDownloaded,
  ]

  static let name = Parameter.required("name", .string, "The package; any text where `pkgs` or `sources` is given.")
  static let packages = Parameter.optional(
    "pkgs", .any, "Several packages: a list of names, of which any may be a {name: version} map.")
  static let version = Parameter.optional(
    "version", .string, "The version: `1.2`, `1.2*`, conditions such as `>=1.2,<2`, or `latest`.")
  static let normalize = Parameter.optional(
    "normalize", .bool, default: true, "Takes the host's own architecture off names.")
  static let ignoreEpoch = Parameter.optional(
    "ignore_epoch", .bool, "Whether versions are compared without what stands before the colon.")

  /// What states that install take besides the packages.
  static let installing: [Parameter] = [
    .optional("refresh", .bool, "Fetches the repositories' lists first; without it once in a run."),
    PkgFunctions.fromRepository,
    .optional("skip_verify", .bool, default: false, "Takes packages whose signature cannot be checked."),
    .optional("install_recommends", .bool, "Whether recommended packages come along; default as the host is set."),
    .optional("only_upgrade", .bool, default: false, "Leaves out packages that are not installed."),
    .optional("update_holds", .bool, default: false, "Changes held packages too; they stay held."),
    .optional(
      "force_conf_new", .bool, default: false, "Takes the new configuration files instead of keeping changed ones."),
    .optional("allow_downgrades", .bool, default: false, "Lets the tool choose older versions."),
    PkgFunctions.cacheValidTime, PkgFunctions.lockTimeout, PkgFunctions.timeout,
    .keywords("kwargs", "Taken for compatibility and not used."),
  ]

  /// An execution function of this module.
  static func function(_ name: String) throws -> Function {
    guard let function = PkgFunctions.all.first(where: { $0.signature.name == name }) else {
      throw FunctionError(.unknownFunction, "'\(name)' is not a function here.")
    }
    return function
  }

  /// The arguments of `pkg.install` that a state passes on.
  static func passedOn(_ arguments: Arguments) -> ValueMap {
    var named: ValueMap = [:]
    for name in [
      "fromrepo", "skip_verify", "install_recommends", "only_upgrade", "update_holds", "force_conf_new",
      "allow_downgrades", "lock_timeout", "timeout",
    ] where arguments.isGiven(name) {
      named[name] = arguments[name]
    }
    return named
  }

  static func reason(_ error: any Error) -> String {
    (error as? FunctionError)?.description ?? String(describing: error)
  }

  static func untriggerable(_ function: String) -> StateFunction.Body {
    { _, _ in StateResult(false, "pkg.\(function) does not work with the watch requisite") }
  }
}
