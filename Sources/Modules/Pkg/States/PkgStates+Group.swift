import Functions
import OrderedCollections
import Value

extension PkgStates {
  static let groupInstalled = StateFunction(
    "pkg.group_installed", "Has the mandatory and default packages of a group installed (dnf).",
    details: "Changes are `{package: {old, new}}`.",
    parameters: [
      .required("name", .string, "The group, by its name or id."),
      .optional("skip", .any, "Default packages that are left out: a list."),
      .optional("include", .any, "Further packages: a list."), PkgFunctions.fromRepository, PkgFunctions.lockTimeout,
      PkgFunctions.timeout, .keywords("kwargs", "Taken for compatibility and not used."),
    ], watch: untriggerable("group_installed")
  ) { arguments, context in
    let name = arguments.string("name")
    for list in ["skip", "include"] where arguments.isGiven(list) && arguments[list].listValue == nil {
      return StateResult(false, "\(list) must be formatted as a list")
    }
    do {
      guard try PackageProviders.provider(for: context.functions) is DnfProvider else {
        return StateResult(false, "pkg.group_install not available for this platform")
      }
      return try await install(name, arguments, context)
    } catch {
      return StateResult(
        false, "An error was encountered while installing/updating group '\(name)': \(reason(error))")
    }
  }

  private static func install(_ name: String, _ arguments: Arguments, _ context: StateContext) async throws
    -> StateResult
  {
    let provider = try PackageProviders.provider(for: context.functions)
    let group = try await PackageGroup.expanded(name, context.functions)
    let before = Set(try await provider.state().present.keys)
    let (skipped, included) = (arguments.strings("skip"), arguments.strings("include"))
    let mandatory = group.members["mandatory"] ?? []
    let wrong = mandatory.filter(skipped.contains)
    guard wrong.isEmpty else {
      return StateResult(
        false, "The following mandatory packages cannot be skipped: \(wrong.joined(separator: ", "))")
    }
    let chosen = (group.members["default"] ?? []).filter { !skipped.contains($0) }
    let targets = (mandatory + chosen + included).filter { !before.contains($0) }
    guard !targets.isEmpty else { return StateResult(true, "Group '\(name)' is already installed") }
    let isPartial = ["mandatory", "default", "optional"].contains { kind in
      (group.members[kind] ?? []).contains(where: before.contains)
    }
    guard !context.isTest else {
      return StateResult(
        nil,
        isPartial ? "Group '\(name)' is partially installed and will be updated" : "Group '\(name)' will be installed")
    }
    var named: ValueMap = ["pkgs": .strings(targets)]
    for word in ["fromrepo", "lock_timeout", "timeout"] where arguments.isGiven(word) {
      named[.string(word)] = arguments[word]
    }
    PackageRecords.forget(context)
    let changes = try await PkgFunctions.install.call(named, context.functions).mapValue ?? [:]
    let after = Set(try await provider.state().present.keys)
    let failed = (mandatory + included).filter { !after.contains($0) }
    guard failed.isEmpty else {
      return StateResult(
        false, "Failed to install the following packages: \(failed.joined(separator: ", "))", changes: changes)
    }
    return StateResult(true, "Group '\(name)' was \(isPartial ? "updated" : "installed")", changes: changes)
  }

  static let patchInstalled = unavailable("patch_installed", "Advisory patches are installed: only zypper has them.")
  static let patchDownloaded = unavailable("patch_downloaded", "Advisory patches are fetched: only zypper has them.")

  private static func unavailable(_ function: String, _ summary: String) -> StateFunction {
    StateFunction(
      "pkg.\(function)", summary, details: "Always refused: `brine audit` tells which advisories a host is open to.",
      parameters: [
        .required("name", .string, "Any text."), .optional("advisory_ids", .any, "The advisories."),
        .keywords("kwargs", "Taken for compatibility and not used."),
      ]
    ) { _, _ in StateResult(false, "The pkg.\(function) state is not available on this platform") }
  }
}
