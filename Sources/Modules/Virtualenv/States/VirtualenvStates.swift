public import Functions
import OrderedCollections
import Value

/// States `virtualenv.*`.
public enum VirtualenvStates {
  public static let all: [StateFunction] = ["virtualenv.managed", "virtualenv.manage"].map { name in
    StateFunction(
      name, "Has a virtual environment of Python, with packages in it.",
      details: "Changes are `{new}` when it was made and `{packages: {new, old}}`.",
      parameters: [.required("name", .string, "Where it is to be.")] + VirtualEnvironment.parameters + packages
        + [.keywords("kwargs", "Taken for compatibility and not used.")]
    ) { arguments, context in
      do { return try await managed(arguments, context) } catch { return StateResult(failed: error) }
    }
  }

  /// Words of this state that `pip.install` has under other names.
  private static let renamed: [(String, String)] = [
    ("pip_download", "download"), ("pip_download_cache", "download_cache"), ("pip_exists_action", "exists_action"),
    ("pip_ignore_installed", "ignore_installed"), ("pip_upgrade", "upgrade"), ("pip_no_cache_dir", "no_cache_dir"),
    ("pip_cache_dir", "cache_dir"),
  ]
  private static let same = [
    "requirements", "use_wheel", "no_use_wheel", "index_url", "extra_index_url", "pre_releases", "no_deps", "proxy",
    "process_dependency_links", "no_binary", "cwd", "env_vars",
  ]
  private static let packages: [Parameter] =
    (PipOptions.installation + PipOptions.place).filter { same.contains($0.name) }
    + renamed.map { .optional($0.0, .any, "`\($0.1)` of `pip.install`.") }
    + [.optional("pip_pkgs", .any, "Packages to install in it.")]

  private static func managed(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let environment = try VirtualEnvironment(arguments.string("name"), context.functions)
    let (path, exists, isCleared) = (environment.path, environment.exists, arguments.bool("clear"))
    let pipArguments = try bound(arguments, path)
    var result = StateResult(true, "virtualenv exists")
    if exists, isCleared {
      result.changes["cleared_packages"] = .strings(try await PipProgram(pipArguments, context.functions).frozen())
      result.changes["old"] = .string(try await environment.versionOnError())
    }
    if context.isTest {
      if exists, !isCleared { return StateResult(true, "Virtualenv \(path) is already created") }
      return StateResult(
        nil, "Virtualenv \(path) is set to be \(exists ? "cleared" : "created")", changes: result.changes)
    }
    if !exists || isCleared {
      let answer = try await environment.create(arguments)
      guard answer["retcode"] == 0 else {
        return StateResult(
          false, "\(answer["stdout"]?.description ?? "")\(answer["stderr"]?.description ?? "")", changes: result.changes
        )
      }
      result.changes["new"] = .string(try await environment.versionOnError())
      result.comment = isCleared ? "Cleared existing virtualenv" : "Created new virtualenv"
    }
    let wanted = PipOptions.items(arguments["pip_pkgs"])
    guard !wanted.isEmpty || arguments.isGiven("requirements") else { return result }
    let pip = try PipProgram(pipArguments, context.functions)
    for name in ["use_wheel", "no_use_wheel"] where arguments.bool(name) {
      let version = try await pip.version()
      result.result = false
      result.comment =
        "The '\(name)' option is only supported in pip between 1.4 and 9.0.3. The version of pip detected was \(version)."
      return result
    }
    let before = Set(try await pip.frozen())
    let answer = try await PipInstallation(
      arguments: pipArguments, context: context.functions, environment: context.environment
    ).install(wanted)
    if answer["retcode"] != 0 {
      result.result = false
      result.comment += "\n\(answer["stdout"]?.description ?? "")\n\(answer["stderr"]?.description ?? "")"
    }
    let after = Set(try await pip.frozen())
    let (new, old) = (after.subtracting(before).sorted(), before.subtracting(after).sorted())
    if !new.isEmpty || !old.isEmpty {
      result.changes["packages"] = [
        "new": new.isEmpty ? "" : .strings(new), "old": old.isEmpty ? "" : .strings(old),
      ]
    }
    return result
  }

  /// The arguments of `pip.install` in the environment.
  private static func bound(_ arguments: Arguments, _ path: String) throws -> Arguments {
    var named: ValueMap = ["bin_env": .string(path), "user": arguments["user"]]
    for name in same { named[name] = arguments[name] }
    for (mine, theirs) in renamed { named[theirs] = arguments[mine] }
    // Relative paths in a file of requirements are of its own directory.
    if let first = PipOptions.items(arguments["requirements"]).first, !first.hasPrefix("/"), !first.hasPrefix("salt://")
    {
      named["cwd"] = .string(PathText.dirname(first))
    }
    return try Arguments(binding: CallArguments([], named: named), to: PipFunctions.install.signature)
  }
}
