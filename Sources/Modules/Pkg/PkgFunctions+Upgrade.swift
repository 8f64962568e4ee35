import Functions
import Value

extension PkgFunctions {
  static let upgrade = Function(
    "pkg.upgrade", "Upgrades the named packages, or all.",
    details: """
      `pkg.upgrade libssl3` upgrades exactly this package (and what its new version needs); without names everything is \
      upgraded. A name may be a shell pattern, matched against the installed packages. A name that is not installed is \
      an error and nothing is done: use pkg.install for new packages.

      Returns what changed, `{package: {old, new}}`; empty when all is at its newest version. It is an error when nothing \
      changed and a repository could not be fetched, so an empty map means "up to date". With `test=True` it is what the \
      package tool predicts, from the lists as they are.

      Examples: `brine run 'web*' pkg.upgrade libssl3 openssl`, `brine run '*' pkg.upgrade 'libssl*'`, \
      `brine run '*' pkg.upgrade dist_upgrade=true`
      """,
    effect: .change,
    parameters: [
      .variadic("names", .string, "Packages to upgrade; none upgrades all."), name, packages, refreshing(true),
      .optional("dist_upgrade", .bool, default: false, "May also install and remove packages (apt)."), fromRepository,
      .optional("downloadonly", .bool, default: false, "Fetches the packages only."),
      .optional("skip_verify", .bool, default: false, "Takes packages whose signature cannot be checked."),
      .optional("allow_downgrades", .bool, default: false, "Lets the tool choose older versions."),
      .optional("update_holds", .bool, default: false, "Changes held packages too; they stay held."),
      configurationFiles,
      .optional("force_conf_new", .bool, default: false, "The same as conffiles=new."), cacheValidTime, lockTimeout,
      timeout,
    ]
  ) { arguments, context in
    let provider = try PackageProviders.provider(for: context)
    let asked = try PackageRequest(provider: provider).names(arguments, variadic: "names")
    var options = try options(arguments, release: true)
    options.isHeldChangeAllowed = arguments.bool("update_holds")
    let isForNames = !asked.isEmpty || arguments.isGiven("pkgs") || arguments.isGiven("name")
    guard !asked.isEmpty || !isForNames else {
      throw FunctionError(
        .badArguments, "No package is named: 'name' or 'pkgs' is empty.", hint: "Leave both out to upgrade everything.")
    }

    let before = try await provider.state()
    let (names, missing) = PackageRequest.resolve(asked, among: before.present.keys)
    guard missing.isEmpty else {
      throw FunctionError(
        .notFound, "Not installed here: \(missing.joined(separator: ", ")); nothing was upgraded.",
        hint: "pkg.install installs; a pattern such as 'libssl*' takes what there is of several names.")
    }
    let failed = try await refreshIfAsked(arguments, provider, context, lockTimeout: options.lockTimeout)
    let held = options.isHeldChangeAllowed ? try await provider.holds(isFull: false) : []
    let action: PackageTransaction.Action =
      isForNames ? .upgrade(names) : .upgradeAll(isDistributionUpgrade: arguments.bool("dist_upgrade"))
    let (changes, _) = try await changes(
      of: PackageTransaction(action, options: options), from: before, provider, context)
    if !context.isTest {
      for name in changes.byName.keys.sorted() where held.contains(name) { try await provider.setHold(true, name) }
    }
    if !options.isDownloadOnly { try checkFreshness(failed, isEmpty: changes.isEmpty) }
    return changes.value
  }
}
