import Functions
import OrderedCollections
import Value

extension PkgFunctions {
  static let groups: [Function] = [groupInformation, groupDifference, groupInstall]

  private static let group = Parameter.required("name", .string, "The group, by its name or id.")

  private static let groupInformation = Function(
    "pkg.group_info", "The packages of a group (dnf).",
    details: """
      Returns `{mandatory, optional, default, conditional, type, group, id, description}`.

      Example: `brine run web1 pkg.group_info 'Development Tools'`
      """,
    effect: .inspect,
    parameters: [
      group, .optional("expand", .bool, default: false, "Of a group of groups the packages of those that it installs."),
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    return arguments.bool("expand")
      ? try await PackageGroup.expanded(name, context).value : try await PackageGroup.read(name, context).value
  }

  private static let groupDifference = Function(
    "pkg.group_diff", "Which packages of a group are installed (dnf).",
    details: """
      Returns `{kind: {installed: [...], "not installed": [...]}}`.

      Example: `brine run web1 pkg.group_diff 'Development Tools'`
      """,
    effect: .inspect, parameters: [group]
  ) { arguments, context in
    let group = try await PackageGroup.expanded(arguments.string("name"), context)
    let present = try await PackageProviders.provider(for: context).state().present
    var kinds: ValueMap = [:]
    for (kind, found) in group.difference(Set(present.keys)).sorted(by: { $0.key < $1.key }) {
      kinds[.string(kind)] = ["installed": .strings(found.installed), "not installed": .strings(found.missing)]
    }
    return .map(kinds)
  }

  private static let groupInstall = Function(
    "pkg.group_install", "Installs the mandatory and default packages of groups (dnf).",
    details: """
      Returns what changed, `{package: {old, new}}`.

      Example: `brine run web1 pkg.group_install 'Development Tools' skip=gdb`
      """,
    effect: .change,
    parameters: [
      .required("name", .stringList, "The groups."),
      .optional("skip", .stringList, "Default packages that are left out."),
      .optional("include", .stringList, "Further packages."), fromRepository, lockTimeout, timeout,
    ]
  ) { arguments, context in
    let skipped = Set(arguments.strings("skip"))
    var targets: OrderedSet<String> = []
    for name in arguments.strings("name") {
      let group = try await PackageGroup.expanded(name, context)
      targets.formUnion(group.members["mandatory"] ?? [])
      targets.formUnion((group.members["default"] ?? []).filter { !skipped.contains($0) })
    }
    targets.formUnion(arguments.strings("include"))
    let present = try await PackageProviders.provider(for: context).state().present
    let missing = targets.filter { present[$0] == nil }
    guard !missing.isEmpty else { return [:] }
    var named: ValueMap = ["pkgs": .strings(missing)]
    for name in ["fromrepo", "lock_timeout", "timeout"] where arguments.isGiven(name) {
      named[.string(name)] = arguments[name]
    }
    return try await install.call(named, context)
  }
}
