public import Functions
import OrderedCollections
import Value

/// `pkg_resource.*`: what Salt's package modules share, as far as formulas call it.
public enum PkgResourceFunctions {
  public static let all: [Function] = [version, versionClean, versionCompare, formatVersion, checkExtraRequirements]

  private static let version = Function(
    "pkg_resource.version", "The installed version of packages; the same as pkg.version.",
    details: "Example: `brine run web1 pkg_resource.version openssl`", effect: .inspect,
    parameters: [
      .variadic("names", .string, "Packages, or shell patterns such as `libssl*`."),
      .optional("versions_as_list", .bool, default: false, "Gives the versions of a package as a list."),
    ]
  ) { arguments, context in
    let function = try PkgStates.function("pkg.version")
    let call = CallArguments(arguments.list("names"), named: ["versions_as_list": arguments["versions_as_list"]])
    return try await function.body(try Arguments(binding: call, to: function.signature), context)
  }

  private static let versionClean = Function(
    "pkg_resource.version_clean", "A version without what only some systems put around it; here as it is.",
    details: "Example: `brine run web1 pkg_resource.version_clean 1.2-3`", effect: .read,
    parameters: [.required("verstr", .any, "A version.")]
  ) { arguments, _ in arguments["verstr"] }

  private static let versionCompare = Function(
    "pkg_resource.version_compare", "Whether a version is less than, equal to or greater than another.",
    details: "Example: `brine run web1 pkg_resource.version_compare 1.0 '<' 1.2` gives true", effect: .read,
    parameters: [
      .required("ver1", .string, "A version."),
      .required("oper", .string, "The comparison.", choices: ["<", "<=", "==", "!=", ">=", ">"]),
      .required("ver2", .string, "The version it is compared with."),
      .optional("ignore_epoch", .bool, default: false, "Leaves what stands before the colon out of account."),
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let order = provider.order(
      arguments.string("ver1"), arguments.string("ver2"), ignoringEpoch: arguments.bool("ignore_epoch"))
    guard let order else { return false }
    return switch arguments.string("oper") {
    case "<": .bool(order < 0)
    case "<=": .bool(order <= 0)
    case "==": .bool(order == 0)
    case "!=": .bool(order != 0)
    case ">=": .bool(order >= 0)
    default: .bool(order > 0)
    }
  }

  private static let formatVersion = Function(
    "pkg_resource.format_version", "A version of its parts: `epoch:version-release`.",
    details: "Example: `brine run web1 pkg_resource.format_version 1 2.3 4` gives `1:2.3-4`", effect: .read,
    parameters: [
      .required("epoch", .any, "The epoch; may be empty."), .required("version", .string, "The version."),
      .required("release", .any, "The release; may be empty."),
    ]
  ) { arguments, _ in
    let (epoch, release) = (arguments.string("epoch"), arguments.string("release"))
    return .string(
      (epoch.isEmpty || epoch == "0" ? "" : "\(epoch):") + arguments.string("version")
        + (release.isEmpty ? "" : "-\(release)"))
  }

  private static let checkExtraRequirements = Function(
    "pkg_resource.check_extra_requirements", "Whether a package meets more than its version asks; here always.",
    details: "Only Gentoo has more requirements. Example: `brine run web1 pkg_resource.check_extra_requirements x 1.0`",
    effect: .read,
    parameters: [.required("pkgname", .string, "The package."), .required("pkgver", .any, "Its version.")]
  ) { _, _ in true }
}
