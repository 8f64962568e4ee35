import Functions
import OrderedCollections
import Value

/// `pip.installed`: what is missing is found, then installed at once.
struct PipInstalled: Sendable {
  private static let quietLines = [
    "Requirement already satisfied", "Requirement already up-to-date", "Requirement not upgraded", "Collecting",
    "Cloning", "Cleaning up...", "Looking in indexes",
  ]

  private let packages: [String]
  private let arguments: Arguments
  private let context: StateContext
  private let pip: PipProgram

  init(_ packages: [String], _ arguments: Arguments, _ context: StateContext) throws {
    self.packages = packages
    self.context = context
    var named: ValueMap = ["disable_version_check": true]
    for name in PipOptions.names where arguments.isGiven(name) { named[name] = arguments[name] }
    if !arguments.isGiven("bin_env"), arguments.isGiven("pip_bin") { named["bin_env"] = arguments["pip_bin"] }
    self.arguments = try Arguments(binding: CallArguments([], named: named), to: PipFunctions.install.signature)
    do { pip = try PipProgram(self.arguments, context.functions) } catch {
      throw StateRefusal("Error installing '\(packages[0])': \(StateResult(failed: error).comment)")
    }
  }

  func run() async throws -> StateResult {
    if let user = arguments.optionalString("user"),
      try await AccountDatabase(context.functions).user(named: user) == nil
    {
      return StateResult(false, "User \(user) does not exist")
    }
    let version: String
    do { version = try await pip.version() } catch {
      return StateResult(failed: error, "Error installing '\(packages.joined(separator: ";"))': ")
    }
    for name in ["use_wheel", "no_use_wheel"] where arguments.bool(name) {
      return StateResult(
        false,
        "The '\(name)' option is only supported in pip between 1.4 and 9.0.3. The version of pip detected was "
          + "\(version).")
    }
    return isByFile ? try await installedByFile() : try await installedByName()
  }

  private var isByFile: Bool {
    ["requirements", "editable"].contains { ![.null, false, "", .list([])].contains(arguments[$0]) }
  }

  private var installation: PipInstallation {
    PipInstallation(arguments: arguments, context: context.functions, environment: context.environment)
  }

  // MARK: requirements and editable

  private func installedByFile() async throws -> StateResult {
    let requirements = arguments.isGiven("requirements") ? PythonText.str(arguments["requirements"]) : nil
    let editable = arguments.isGiven("editable") ? PythonText.str(arguments["editable"]) : nil
    func sentences(_ one: (String) -> String, _ two: (String) -> String) -> String {
      [requirements.map(one), editable.map(two)].compactMap { $0 }.joined(separator: " ")
    }
    if context.isTest {
      return StateResult(
        nil,
        sentences(
          { "Requirements file '\($0)' will be processed." },
          { "Package will be installed in editable mode (i.e. setuptools \"develop mode\") from \($0)." }))
    }
    let answer: ValueMap
    let failure = sentences(
      { "Unable to process requirements file \"\($0)\"" }, { "Unable to install from VCS checkout \($0)." })
    do { answer = try await installation.install([]) } catch {
      return StateResult(failed: error, "\(failure) Error: ")
    }
    guard answer["retcode"] == 0 else { return StateResult(false, "\(failure) \(error(answer))") }
    var changes: ValueMap = [:]
    let lines = (answer["stdout"]?.description ?? "").split(
      separator: "\n" as Character, omittingEmptySubsequences: false)
    let isChanged = lines.contains { line in !Self.quietLines.contains { line.trimmed().hasPrefix($0) } }
    if requirements != nil, isChanged { changes["requirements"] = true }
    if editable != nil { changes["editable"] = true }
    return StateResult(
      true,
      sentences(
        { isChanged ? "Successfully processed requirements file \($0)." : "Requirements were already installed." },
        { "Package successfully installed from VCS checkout \($0)." }), changes: changes)
  }

  private func error(_ answer: ValueMap) -> String {
    "Error: \(answer["stdout"]?.description ?? "") \(answer["stderr"]?.description ?? "")"
  }

  // MARK: names

  private func installedByName() async throws -> StateResult {
    var (wishes, problems): ([PythonRequirement], [String]) = ([], [])
    for package in packages {
      do { wishes.append(try PythonRequirement(package)) } catch { problems.append(error.comment) }
    }
    guard problems.isEmpty else { return StateResult(false, problems.joined(separator: "\n")) }
    let before = try await pip.installed()
    var (missing, comment): ([PythonRequirement], [String]) = ([], [])
    for wish in wishes {
      if let words = try await reason(toKeep: wish, before) { comment.append(words) } else { missing.append(wish) }
    }
    guard let first = missing.first else {
      let words = arguments["upgrade"] == true ? " and up-to-date" : ""
      return StateResult(
        true, (comment + ["All specified packages are already installed\(words)"]).joined(separator: "\n"))
    }
    if context.isTest {
      return StateResult(
        nil,
        wishes.count > 1
          ? "Python package(s) set to be installed:\n" + wishes.map(\.text).joined(separator: "\n")
          : "Python package \(first.text) is set to be installed")
    }
    let answer = try await installation.install(missing.map(\.text))
    guard answer["retcode"] == 0 else {
      let names = missing.map(\.text).joined(separator: ", ")
      return StateResult(
        false, (comment + ["Failed to install packages: \(names). \(error(answer))"]).joined(separator: "\n"))
    }
    let (changes, lost) = try await report(missing, answer["stdout"]?.description ?? "")
    let words = lost.isEmpty ? ["All packages were successfully installed"] : lost
    return StateResult(true, (comment + words).joined(separator: "\n"), changes: changes)
  }

  /// The comment of a package that stays as it is; nil when it is to be installed.
  private func reason(toKeep wish: PythonRequirement, _ installed: ValueMap) async throws -> String? {
    guard !wish.name.isEmpty, let version = installed[wish.name]?.description,
      arguments["ignore_installed"] != true, arguments["force_reinstall"] != true
    else { return nil }
    let words = "Python package \(wish.text) was already installed"
    guard arguments["upgrade"] == true else { return wish.isFulfilled(by: version) ? words : nil }
    let takesPrereleases = wish.specifiers.contains { specifier in
      PythonVersion(specifier.version)?.isPrerelease ?? false
    }
    let available = try await pip.available(
      wish.name, PipOptions.words(arguments, only: ["index_url", "extra_index_url"]),
      takesPrereleases: takesPrereleases)
    guard let best = available.last(where: wish.isFulfilled) else {
      return
        "Python package \(wish.name) was already installed and\nthe available upgrade doesn't fulfills the version "
        + "requirements"
    }
    return PythonVersion(best) == PythonVersion(version) ? words : nil
  }

  private func report(_ wishes: [PythonRequirement], _ output: String) async throws -> (ValueMap, lost: [String]) {
    let satisfied = output.splitLines().compactMap { line -> String? in
      guard line.hasPrefix("Requirement already satisfied: ") || line.hasPrefix("Requirement already up-to-date: "),
        let word = line.fields().dropFirst(3).first
      else { return nil }
      return PythonRequirement.normalized(String(word.prefix { !"[=!<>~@".contains($0) }))
    }
    let after = try await pip.installed()
    var (changes, lost): (ValueMap, [String]) = ([:], [])
    for wish in wishes {
      if wish.name.isEmpty {
        changes["\(wish.text)==???"] = "Installed"
      } else if let version = after[wish.name] {
        if !satisfied.contains(wish.name) { changes[.string("\(wish.name)==\(version)")] = "Installed" }
      } else {
        lost.append(
          "There was no error installing package '\(wish.text)' although it does not show when calling 'pip.freeze'.")
      }
    }
    return (changes, lost)
  }
}
