import Functions
import HostSystem
import OrderedCollections
import Value

/// pip of the host's Python, of a virtual environment or at a path.
struct PipProgram: Sendable {
  private let argv: [String]
  private let named: ValueMap
  private let context: FunctionContext

  /// - Parameter arguments: those that say where and as whom: `bin_env`, `user`, `cwd`, `env_vars`.
  /// - Throws: `FunctionError` with `notFound` when there is no such program.
  init(_ arguments: Arguments, _ context: FunctionContext) throws {
    let place = arguments.optionalString("bin_env") ?? ""
    argv = try Self.program(place, context)
    self.context = ModuleStates.nested(context)
    var named: ValueMap = ["python_shell": false]
    if let user = arguments.optionalString("user") { named["runas"] = .string(user) }
    if let directory = arguments.optionalString("cwd"), !directory.isEmpty { named["cwd"] = .string(directory) }
    var environment = arguments.has("env_vars") ? arguments.map("env_vars") : [:]
    if context.files.isDirectory(place) { environment["VIRTUAL_ENV"] = .string(place) }
    if !environment.isEmpty {
      named["env"] = .map(environment.mapValues { .string($0.description) })
    }
    self.named = named
  }

  private static func program(_ place: String, _ context: FunctionContext) throws -> [String] {
    guard !place.isEmpty else {
      guard let python = context.commands.which("python3") else {
        throw FunctionError(.notFound, "Could not find a `pip` binary")
      }
      return [python, "-m", "pip"]
    }
    if context.files.isDirectory(place) {
      let found = ["/python", "/bin/python", "/bin/python3"].first { context.files.isExecutable(place + $0) }
      guard let found else {
        throw FunctionError(.notFound, "Could not find a pip binary in virtualenv \(place)")
      }
      return [place + found, "-m", "pip"]
    }
    let path = place.contains("/") ? place : context.commands.which(place) ?? place
    guard path.hasPrefix("/"), context.files.isExecutable(path) else {
      throw FunctionError(.notFound, "Access denied to \(place), could not find a pip binary")
    }
    return PathText.basename(path).contains("python") ? [path, "-m", "pip"] : [path]
  }

  /// Runs it. Gives what `cmd.run_all` gives.
  func run(_ words: [String]) async throws -> ValueMap {
    var named = named
    named["cmd"] = .strings(argv + words)
    return try await CmdFunctions.runAll.call(named, context).mapValue ?? [:]
  }

  /// What it prints, when it ends well.
  private func output(_ words: [String]) async throws -> String {
    let result = try await run(words)
    guard result["retcode"] == 0 else {
      throw FunctionError(.failed, result["stderr"]?.description ?? "pip failed")
    }
    return result["stdout"]?.description ?? ""
  }

  func version() async throws -> String {
    let result = try await run(["--version"])
    let words = (result["stdout"]?.description ?? "").fields()
    guard result["retcode"] == 0, words.count > 1, words[0] == "pip" else {
      throw FunctionError(.notFound, "Could not find a `pip` binary")
    }
    return words[1]
  }

  /// Versions of the installed packages by normalized name; those whose names begin with `prefix`.
  func installed(_ prefix: String = "") async throws -> ValueMap {
    var packages: ValueMap = [:]
    for package in try await listed([]) {
      let name = PythonRequirement.normalized(package["name"]?.description ?? "")
      if name.hasPrefix(PythonRequirement.normalized(prefix)) { packages[name] = package["version"] ?? .null }
    }
    return packages
  }

  /// `{package: "1.2 [wheel]"}` of those for which there is something newer.
  func upgrades() async throws -> ValueMap {
    var packages: ValueMap = [:]
    for package in try await listed(["--outdated"]) {
      guard let name = package["name"] else { continue }
      packages[name] = .string("\(package["latest_version"] ?? .null) [\(package["latest_filetype"] ?? .null)]")
    }
    return packages
  }

  private func listed(_ options: [String]) async throws -> [ValueMap] {
    let text = try await output(["list"] + options + ["--format=json", "--disable-pip-version-check"])
    guard let list = try? JSONParser.parse(text).listValue else { throw FunctionError(.failed, "Invalid JSON") }
    return list.compactMap(\.mapValue)
  }

  func frozen() async throws -> [String] {
    try await output(["freeze", "--all", "--disable-pip-version-check"]).splitLines()
  }

  /// The versions that can be had, oldest first.
  func available(_ package: String, _ options: [String], takesPrereleases: Bool) async throws -> [String] {
    let result = try await run(["--disable-pip-version-check", "index", "versions"] + options + ["--", package])
    let line = (result["stdout"]?.description ?? "").splitLines().first {
      $0.trimmed().hasPrefix("Available versions: ")
    }
    let versions = (line ?? "").trimmed().dropFirst("Available versions: ".count).split(separator: ",").map {
      $0.trimmed()
    }
    let kept = versions.compactMap { text in PythonVersion(text).map { (text, $0) } }
      .filter { takesPrereleases || !$0.1.isPrerelease }
    return kept.sorted { $0.1 < $1.1 }.map(\.0)
  }

  func upgradeAll() async throws -> (isFine: Bool, errors: String, changes: ValueMap) {
    let before = try await installed()
    var (isFine, errors) = (true, "")
    for name in try await upgrades().keys {
      let result = try await run(["install", "-U", "--disable-pip-version-check", "--", name.description])
      isFine = isFine && result["retcode"] == 0
      errors += result["stderr"]?.description ?? ""
    }
    var changes: ValueMap = [:]
    let after = try await installed()
    for (name, version) in after where before[name] != version {
      changes[name] = ["old": before[name] ?? "", "new": version]
    }
    for (name, version) in before where after[name] == nil { changes[name] = ["old": version, "new": ""] }
    return (isFine, errors, changes)
  }
}
