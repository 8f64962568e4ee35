import Functions
import HostSystem
import OrderedCollections
import Value

/// systemd, through systemctl; init scripts that have no unit are its guests.
struct SystemdProvider: ServiceProvider {
  let commands: any CommandRunner
  let files: HostFiles
  let scripts: SysvProvider

  init(_ context: FunctionContext) {
    commands = context.commands
    files = context.files
    scripts = SysvProvider(context)
  }

  func status(of names: [String]) async throws -> [String: Bool] {
    var states: [String: Bool] = [:]
    // Exit codes 3 and 4 say "not active" and "no such unit" of the whole list; the lines say it of each.
    for start in stride(from: 0, to: names.count, by: 200) {
      let chunk = Array(names[start..<min(start + 200, names.count)])
      let units = try chunk.map { (name) throws(FunctionError) in try UnitName.canonical(name) }
      let result = try await systemctl(["is-active", "--"] + units, accepting: [1, 3, 4])
      let lines = result.outputLines
      for (index, name) in chunk.enumerated() {
        let line = lines.count == chunk.count ? lines[index].trimmed() : result.isSuccess ? "active" : "inactive"
        states[name] = ["active", "reloading", "refreshing"].contains(line)
      }
    }
    return states
  }

  func isAvailable(_ name: String) async throws -> Bool {
    let unit = try UnitName.canonical(name)
    if UnitName.isTemplate(unit) { return try await unitFiles().contains { $0.name == UnitName.short(unit) } }
    let state = try await properties(unit, ["LoadState"])["LoadState"] ?? ""
    return !state.isEmpty && state != "not-found"
  }

  func isEnabled(_ name: String) async throws -> Bool {
    let unit = try UnitName.canonical(name)
    let result = try await systemctl(["is-enabled", "--", unit], accepting: [1, 3, 4])
    guard result.outputText.trimmed() == "alias" else {
      let isUnknown = result.outputText.trimmed().isEmpty || result.outputText.trimmed() == "not-found"
      if !result.isSuccess, isUnknown, scripts.hasScript(name) { return scripts.isLinked(name) }
      return result.isSuccess
    }
    // The name is a link to another unit: ask for that one.
    guard let id = try await properties(unit, ["Id"])["Id"], UnitName.isValid(id), id != unit else { return false }
    return try await systemctl(["is-enabled", "--", id], accepting: [1, 3, 4]).isSuccess
  }

  func isMasked(_ name: String, runtime: Bool) throws -> Bool {
    let path = "\(runtime ? "/run" : "/etc")/systemd/system/\(try UnitName.canonical(name))"
    return files.linkTarget(path) == "/dev/null"
  }

  func all() async throws -> [String] {
    Set(try await unitFiles().map(\.name)).union(scripts.scriptNames()).sorted()
  }

  func running() async throws -> [String] {
    let result = try await systemctl(["list-units", "--full", "--plain", "--no-legend", "--state=running"])
    return Set(SystemctlList.units(result.outputLines, subState: "running")).sorted()
  }

  func names(inState state: String) async throws -> [String] {
    let units = try await unitFiles()
    var names = Set(units.filter { $0.state == state }.map(\.name))
    if state != "static" {
      // What systemd made of an init script is still the script's.
      let known = Set(units.filter { $0.state != "generated" }.map(\.name))
      let guests = scripts.scriptNames().filter { !known.contains($0) }
      names.formUnion(guests.filter { scripts.isLinked($0) == (state == "enabled") })
    }
    return names.sorted()
  }

  private func unitFiles() async throws -> [(name: String, state: String)] {
    let result = try await systemctl(["list-unit-files", "--full", "--plain", "--no-legend"])
    return SystemctlList.unitFiles(result.outputLines)
  }

  func show(_ name: String) async throws -> ValueMap {
    SystemctlShow.value(try await systemctl(["show", "--", UnitName.canonical(name)]).outputLines)
  }

  func execs() async throws -> [String: String] {
    let names = try await all().filter { !UnitName.isTemplate("\($0).service") && UnitName.isValid($0) }
    var programs: [String: String] = [:]
    for start in stride(from: 0, to: names.count, by: 200) {
      let chunk = Array(names[start..<min(start + 200, names.count)])
      let units = try chunk.map { (name) throws(FunctionError) in try UnitName.canonical(name) }
      let result = try await systemctl(["show", "-p", "Id", "-p", "ExecStart", "--"] + units)
      let shown = SystemctlShow.units(result.outputLines)
      for (index, unit) in shown.enumerated() {
        guard let text = unit["ExecStart"], let path = SystemctlShow.structure(text)["path"]?.stringValue else {
          continue
        }
        // Aliases answer with the unit they stand for; by position the name is the one asked for.
        let name = shown.count == chunk.count ? chunk[index] : unit["Id"].flatMap(UnitName.short)
        if let name { programs[name] = path }
      }
    }
    return programs
  }

  func reloadConfiguration() async throws { _ = try await systemctl(["daemon-reload"]) }

  func properties(_ unit: String, _ names: [String]) async throws -> [String: String] {
    let result = try await systemctl(["show"] + names.flatMap { ["-p", $0] } + ["--", unit])
    return SystemctlShow.properties(result.outputLines)
  }

  /// Runs systemctl; exit codes beyond 0 and the accepted ones are errors, as is a systemd that does not answer.
  func systemctl(_ arguments: [String], accepting codes: Set<Int32> = []) async throws -> CommandResult {
    let words = ["systemctl", "--no-pager"] + arguments
    let result = try await commands.runParsed(words)
    let text = result.errorText
    if text.contains("Failed to connect to bus") || text.contains("not been booted with systemd") {
      throw FunctionError(
        .unavailable, "systemd does not answer on this host: \(OutputTail.failure(of: words, result, lines: 3))",
        hint: "Inside a container without systemd use cmd.run; elsewhere look at D-Bus and process 1.")
    }
    guard result.isSuccess || codes.contains(result.exitCode) else {
      throw FunctionError(.failed, OutputTail.failure(of: words, result))
    }
    return result
  }
}
