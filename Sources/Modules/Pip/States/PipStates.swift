public import Functions
import OrderedCollections
import Value

/// States `pip.*`.
public enum PipStates {
  public static let all: [StateFunction] = [installed, removed, uptodate]

  private static let name = Parameter.required("name", .string, "The package, where nothing else says it.")

  private static let installed = StateFunction(
    "pip.installed", "Has packages of Python installed.",
    details: "Changes are `{'name==version': 'Installed'}`. Without `bin_env` it is the host's python3 (Salt takes the "
      + "Python that runs it).",
    parameters: [
      name, .optional("pkgs", .any, "Several packages."), .optional("pip_bin", .string, "The same as `bin_env`."),
      .optional("repo", .any, "Taken for compatibility and not used."),
    ] + PipOptions.installation + PipOptions.place + [.keywords("kwargs", "Taken for compatibility and not used.")]
  ) { arguments, context in
    let given = arguments.isGiven("pkgs") && arguments["pkgs"] != .list([])
    guard !given || arguments["pkgs"].listValue != nil else {
      return StateResult(false, "pkgs argument must be formatted as a list")
    }
    let packages = given ? arguments.strings("pkgs") : [arguments.string("name")]
    var result: StateResult
    do { result = try await PipInstalled(packages, arguments, context).run() } catch {
      result = StateResult(failed: error)
    }
    result.extra["name"] = .string(packages.joined(separator: ";"))
    return result
  }

  private static let removed = StateFunction(
    "pip.removed", "Has a package of Python not installed.", details: "Changes are `{name: 'Removed'}`.",
    parameters: [name]
      + PipOptions.installation.filter { ["requirements", "log", "proxy", "timeout", "use_vt"].contains($0.name) }
      + PipOptions.place.filter { $0.name != "env_vars" }
  ) { arguments, context in
    let name = arguments.string("name")
    do {
      let installed = try await PipProgram(arguments, context.functions).installed()
      guard installed[PythonRequirement.normalized(name)] != nil else {
        return StateResult(true, "Package is not installed.")
      }
    } catch { return StateResult(failed: error, "Error uninstalling '\(name)': ") }
    if context.isTest { return StateResult(nil, "Package \(name) is set to be removed") }
    do {
      let answer = try await PipInstallation(
        arguments: arguments, context: context.functions, environment: context.environment
      ).uninstall([name])
      guard answer["retcode"] == 0 else {
        return StateResult(false, "Could not remove package. \(answer["stderr"]?.description ?? "")")
      }
      return StateResult(true, "Package was successfully removed.", changes: [.string(name): "Removed"])
    } catch { return StateResult(failed: error) }
  }

  private static let uptodate = StateFunction(
    "pip.uptodate", "Has nothing newer for any installed package of Python.",
    details: "Changes are what `pip.upgrade` returns.",
    parameters: [name] + PipOptions.place.filter { $0.name != "env_vars" }
      + [.optional("use_vt", .bool, default: false, "Taken for compatibility and not used.")]
  ) { arguments, context in
    do {
      let pip = try PipProgram(arguments, context.functions)
      if try await pip.upgrades().isEmpty { return StateResult(true, "System is already up-to-date.") }
      if context.isTest { return StateResult(nil, "System update will be performed") }
      let answer = try await PipFunctions.upgraded(pip).mapValue ?? [:]
      guard answer["result"] == true else {
        return StateResult(
          false, answer["comment"]?.description ?? "", changes: answer["changes"]?.mapValue ?? [:])
      }
      return StateResult(true, "Upgrade successful.", changes: answer)
    } catch { return StateResult(failed: error) }
  }
}
