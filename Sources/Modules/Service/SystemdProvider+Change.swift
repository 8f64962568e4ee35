import Functions
import HostSystem
import Value

extension SystemdProvider {
  func check(_ name: String, options: ServiceOptions) async throws { _ = try await loaded(name, options) }

  func perform(_ action: ServiceAction, _ name: String, options: ServiceOptions) async throws {
    let unit = try await prepare(name, options)
    let words =
      ["systemctl", "--no-pager"] + (options.isNotWaiting ? ["--no-block"] : []) + [action.rawValue, "--", unit]
    let result = try await commands.runParsed(words)
    guard result.isSuccess else {
      throw try await failure(action, unit, OutputTail.failure(of: words, result, lines: 5))
    }
    guard action.endsRunning, !options.isNotWaiting else { return }
    // systemctl waits until the unit is started; a simple service counts as started before its program has failed.
    let state = try await properties(unit, ["ActiveState", "SubState"])
    guard state["ActiveState"] == "failed" || state["SubState"] == "auto-restart" else { return }
    let reason = try await failure(
      action, unit, "`\(words.joined(separator: " "))` ended well, but the unit did not stay up.")
    if options.tellsDeath { throw ServiceDied(reason: reason) }
    throw reason
  }

  func setEnabled(_ isEnabled: Bool, _ name: String, options: ServiceOptions) async throws {
    let unit = try await prepare(name, options)
    let block = options.isNotWaiting ? ["--no-block"] : []
    _ = try await systemctl(block + [isEnabled ? "enable" : "disable", "--", unit])
  }

  func setMasked(_ isMasked: Bool, _ name: String, runtime: Bool) async throws {
    let unit = try UnitName.canonical(name)
    guard try self.isMasked(name, runtime: runtime) != isMasked else { return }
    _ = try await systemctl((runtime ? ["--runtime"] : []) + [isMasked ? "mask" : "unmask", "--", unit])
  }

  /// Removes masks as asked, and has systemd read a unit file that changed on disk.
  private func prepare(_ name: String, _ options: ServiceOptions) async throws -> String {
    if options.isUnmasking { try await setMasked(false, name, runtime: false) }
    if options.isUnmaskingRuntime { try await setMasked(false, name, runtime: true) }
    let (unit, state) = try await loaded(name, options)
    if state["NeedDaemonReload"] == "yes" { try await reloadConfiguration() }
    return unit
  }

  private func loaded(_ name: String, _ options: ServiceOptions) async throws -> (unit: String, state: [String: String])
  {
    let unit = try UnitName.canonical(name)
    // A template cannot be loaded itself; enabling it is for systemctl to judge.
    if UnitName.isTemplate(unit) { return (unit, [:]) }
    let state = try await properties(unit, ["LoadState", "ActiveState", "NeedDaemonReload"])
    switch state["LoadState"] {
    // A unit whose file is gone may still run and be stopped.
    case "not-found" where state["ActiveState"] != "active":
      throw FunctionError(
        .notFound, "There is no unit \(unit) on this host.", hint: "service.get_all lists the names.")
    case "masked" where !options.isUnmasking && !options.isUnmaskingRuntime && !options.isMaskIgnored:
      throw FunctionError(
        .failed, "The unit \(unit) is masked.",
        hint: "Somebody switched it off for good: service.unmask, or unmask=true, if that is to end.")
    default: return (unit, state)
    }
  }

  /// What an operator would look up next: the unit's result and the end of its journal.
  private func failure(_ action: ServiceAction, _ unit: String, _ what: String) async throws -> FunctionError {
    let names = ["ActiveState", "SubState", "Result", "ExecMainStatus", "ExecMainCode"]
    let state = (try? await properties(unit, names)) ?? [:]
    var message = "\(unit) could not \(action.rawValue)"
    if let active = state["ActiveState"] {
      message += ": it is \(active) (\(state["SubState"] ?? "?"))"
      if let result = state["Result"], !result.isEmpty, result != "success" { message += ", result \(result)" }
      if let status = state["ExecMainStatus"], status != "0", !status.isEmpty { message += ", exit status \(status)" }
    }
    message += ".\n\(what)"
    let journal = try? await commands.runParsed(["journalctl", "-u", unit, "-n", "15", "--no-pager", "-q"])
    if let journal, journal.isSuccess {
      let tail = OutputTail.text(of: CommandResult(exit: 0, journal.outputText), lines: 15)
      if !tail.isEmpty { message += "\nLast lines of its journal:\n\(tail)" }
    }
    return FunctionError(.failed, message, hint: "service.status and service.show tell more of \(unit).")
  }
}
