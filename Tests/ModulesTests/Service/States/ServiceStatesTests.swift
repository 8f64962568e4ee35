import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

/// Comments are Salt 3008's.
@Suite struct ServiceStatesTests {
  /// A systemd with one unit `web` that can be started, stopped, enabled and disabled.
  private final class Systemd: Sendable {
    struct State {
      var isRunning = false
      var isEnabled = false
      var isFailing = false
      /// It is started and does not stay up.
      var isDying = false
      var hasDied = false
      var lines: [String] = []
    }

    let state: Mutex<State>
    init(_ state: State) { self.state = Mutex(state) }

    var commands: ScriptedCommands {
      ScriptedCommands { command in
        let line = command.arguments.joined(separator: " ").replacing("systemctl --no-pager", with: "systemctl")
        return self.state.withLock { Self.answer(line, &$0) }
      }
    }

    private static func answer(_ line: String, _ state: inout State) -> CommandResult {
      let isThere = line.hasSuffix("web.service")
      let words = line.split(separator: " ").map(String.init)
      switch words.dropFirst().first(where: { !$0.hasPrefix("--") }) {
      case "show":
        let active = state.hasDied ? "failed" : state.isRunning ? "active" : "inactive"
        return CommandResult(
          exit: 0, "LoadState=\(isThere ? "loaded" : "not-found")\nActiveState=\(active)\nSubState=running\n")
      case "is-active": return CommandResult(exit: state.isRunning ? 0 : 3, state.isRunning ? "active\n" : "inactive\n")
      case "is-enabled":
        return CommandResult(exit: state.isEnabled ? 0 : 1, state.isEnabled ? "enabled\n" : "disabled\n")
      case let verb?:
        state.lines.append(words.dropFirst().joined(separator: " "))
        if state.isFailing { return CommandResult(exit: 1, "", error: "Job for web.service failed.\n") }
        if state.isDying, verb == "start" {
          state.hasDied = true
          return CommandResult(exit: 0)
        }
        if ["start", "restart"].contains(verb) { state.isRunning = true }
        if verb == "stop" { state.isRunning = false }
        if verb == "enable" { state.isEnabled = true }
        if verb == "disable" { state.isEnabled = false }
        return CommandResult(exit: 0)
      case nil: return CommandResult(exit: 1)
      }
    }
  }

  private func call(
    _ systemd: Systemd, _ function: String, _ named: ValueMap = [:], isTest: Bool = false, isWatch: Bool = false
  ) async throws -> StateResult {
    let host = try StateTestHost(grains: ["init": "systemd"])
    try host.files.makeDirectory("/run/systemd/system")
    var words = named
    words["name"] = named["name"] ?? "web"
    return try await host.call(
      ServiceStates.all, "service.\(function)", words, isTest: isTest, isWatch: isWatch, systemd.commands)
  }

  private struct Case: Sendable {
    var function: String
    var named: ValueMap
    var isRunning: Bool
    var isEnabled: Bool
    var real: StateResult
    var test: StateResult

    init(
      _ function: String, _ named: ValueMap, _ isRunning: Bool, _ isEnabled: Bool, _ real: StateResult,
      _ test: StateResult
    ) {
      (self.function, self.named, self.isRunning) = (function, named, isRunning)
      (self.isEnabled, self.real, self.test) = (isEnabled, real, test)
    }
  }

  private static let cases: [Case] = [
    Case(
      "running", [:], true, false, StateResult(true, "The service web is already running"),
      StateResult(true, "The service web is already running")),
    Case(
      "running", [:], false, false, StateResult(true, "Started service web", changes: ["web": true]),
      StateResult(nil, "Service web is set to start")),
    Case(
      "running", ["enable": true], false, false,
      StateResult(true, "Service web has been enabled, and is running", changes: ["web": true]),
      StateResult(nil, "Service web is set to start")),
    Case(
      "running", ["enable": "true"], true, false,
      StateResult(true, "Service web has been enabled, and is in the desired state", changes: ["web": true]),
      StateResult(nil, "Service web set to be enabled")),
    Case(
      "running", ["enable": true], false, true,
      StateResult(true, "Service web is already enabled, and is running", changes: ["web": true]),
      StateResult(nil, "Service web is set to start")),
    Case(
      "running", ["enable": false], true, true,
      StateResult(true, "Service web has been disabled, and is in the desired state", changes: ["web": true]),
      StateResult(nil, "Service web set to be disabled")),
    Case(
      "running", ["name": "nosuch"], false, false, StateResult(false, "The named service nosuch is not available"),
      StateResult(nil, "Service nosuch not present; if created in this state run, it would have been started")),
    Case(
      "running", ["enabled": true], true, true,
      StateResult(
        false, "Service web uses non-existent option \"enabled\".  Perhaps \"enable\" option was intended?"),
      StateResult(
        false, "Service web uses non-existent option \"enabled\".  Perhaps \"enable\" option was intended?")),
    Case(
      "dead", [:], false, false, StateResult(true, "The service web is already dead"),
      StateResult(true, "The service web is already dead")),
    Case(
      "dead", [:], true, false, StateResult(true, "Service web was killed", changes: ["web": false]),
      StateResult(nil, "Service web is set to be killed")),
    Case(
      "dead", ["enable": false], true, true,
      StateResult(true, "Service web has been disabled, and is dead", changes: ["web": true]),
      StateResult(nil, "Service web is set to be killed")),
    Case(
      "dead", ["name": "nosuch"], false, false, StateResult(true, "The named service nosuch is not available"),
      StateResult(nil, "Service nosuch not present; if created in this state run, it would have been stopped")),
    Case(
      "enabled", [:], true, false,
      StateResult(true, "Service web has been enabled, and is in the desired state", changes: ["web": true]),
      StateResult(nil, "Service web set to be enabled")),
    Case(
      "enabled", [:], true, true,
      StateResult(true, "Service web is already enabled, and is in the desired state"),
      StateResult(true, "Service web is already enabled, and is in the desired state")),
    Case(
      "enabled", ["name": "nosuch"], false, false, StateResult(false, "The named service nosuch is not available"),
      StateResult(nil, "Service nosuch not present; if created in this state run, it would have been enabled")),
    Case(
      "disabled", [:], true, true,
      StateResult(true, "Service web has been disabled, and is in the desired state", changes: ["web": true]),
      StateResult(nil, "Service web set to be disabled")),
    Case(
      "disabled", ["name": "nosuch"], false, false, StateResult(true, "The named service nosuch is not available"),
      StateResult(true, "The named service nosuch is not available")),
  ]

  @Test(arguments: cases.indices)
  func bringServicesWhereTheyAreWanted(_ index: Int) async throws {
    let example = Self.cases[index]
    var state = Systemd.State()
    (state.isRunning, state.isEnabled) = (example.isRunning, example.isEnabled)
    let dry = Systemd(state)
    #expect(try await call(dry, example.function, example.named, isTest: true) == example.test)
    #expect(dry.state.withLock { $0.lines } == [])
    let real = Systemd(state)
    #expect(try await call(real, example.function, example.named) == example.real)
    #expect(try await call(real, example.function, example.named).changes.isEmpty)
  }

  @Test func failuresTellWhatTheJournalSays() async throws {
    let systemd = Systemd(.init(isFailing: true))
    let start = try await call(systemd, "running")
    #expect(start.result == false)
    #expect(start.comment.hasPrefix("Service web failed to start\nweb.service could not start"))
    #expect(start.changes.isEmpty)
    let refused = try await call(Systemd(.init(isFailing: true)), "running", ["enable": true])
    #expect(refused.comment.hasPrefix("Service web failed to start\nweb.service could not start"))
    // What systemd has started starts at the next boot too.
    let both = try await call(Systemd(.init(isDying: true)), "running", ["enable": true])
    #expect(both.result == false)
    #expect(both.comment.hasPrefix("Service web has been enabled, and is dead\nweb.service could not start"))
    #expect(both.changes == ["web": true])
    let stop = try await call(Systemd(.init(isRunning: true, isFailing: true)), "dead")
    #expect(stop.result == false)
    #expect(stop.comment.hasPrefix("Service web failed to die"))
    let enable = try await call(Systemd(.init(isRunning: true, isFailing: true)), "enabled")
    #expect(enable.result == false)
    #expect(
      enable.comment.hasPrefix(
        "Failed when setting service web to start at boot, but the service was already running. Additional information follows:\n\n"
      ))
  }

  @Test(
    arguments: [
      ("running", [:], true, "restarted", ["restart -- web.service"]),
      ("running", ["reload": true], true, "reloaded", ["reload -- web.service"]),
      ("running", ["reload": true, "force": true], true, "forcefully reloaded", ["force-reload -- web.service"]),
      ("running", ["full_restart": true], true, "restarted", ["restart -- web.service"]),
      ("running", ["no_block": true], true, "restarted", ["--no-block restart -- web.service"]),
      ("running", [:], false, "started", ["stop -- web.service", "start -- web.service"]),
      ("dead", [:], true, "stopped", ["stop -- web.service"]),
    ] as [(String, ValueMap, Bool, String, [String])])
  func reactToChanges(
    _ function: String, _ named: ValueMap, _ isRunning: Bool, _ participle: String, _ lines: [String]
  ) async throws {
    let systemd = Systemd(.init(isRunning: isRunning))
    #expect(
      try await call(systemd, function, named, isTest: true, isWatch: true)
        == StateResult(nil, "Service is set to be \(participle)"))
    #expect(
      try await call(systemd, function, named, isWatch: true)
        == StateResult(true, "Service \(participle)", changes: ["web": true]))
    #expect(systemd.state.withLock { $0.lines } == lines)
  }

  @Test func withoutARunningSystemdThereIsNothingToDo() async throws {
    let host = try StateTestHost(grains: ["init": "systemd"])
    for function in ["service.running", "service.dead"] {
      #expect(
        try await host.call(ServiceStates.all, function, ["name": "web"], Systemd(.init()).commands)
          == StateResult(true, "Running in OFFLINE mode. Nothing to do"))
    }
  }

  @Test func notAllReactToChanges() async throws {
    #expect(
      try await call(Systemd(.init()), "dead", isWatch: true) == StateResult(true, "Service is already stopped"))
    #expect(
      try await call(Systemd(.init()), "enabled", isWatch: true)
        == StateResult(false, "Unable to trigger watch for service.enabled"))
  }

  @Test func masks() async throws {
    let host = try StateTestHost(grains: ["init": "systemd"])
    try host.files.makeDirectory("/etc/systemd/system")
    let path = "\(host.root)/etc/systemd/system/web.service"
    let commands = ScriptedCommands { command in
      if command.arguments.contains("mask") { symlink("/dev/null", path) } else { unlink(path) }
      return CommandResult(exit: 0)
    }
    let changes: ValueMap = ["masked": ["old": false, "new": true]]
    #expect(
      try await host.call(ServiceStates.all, "service.masked", ["name": "web"], isTest: true, commands)
        == StateResult(nil, "Service web would be masked", changes: changes))
    #expect(
      try await host.call(ServiceStates.all, "service.masked", ["name": "web"], commands)
        == StateResult(true, "Service web was masked", changes: changes))
    #expect(
      try await host.call(ServiceStates.all, "service.masked", ["name": "web"], commands)
        == StateResult(true, "Service web is already masked"))
    #expect(
      try await host.call(ServiceStates.all, "service.unmasked", ["name": "web"], commands)
        == StateResult(true, "Service web was unmasked", changes: ["masked": ["old": true, "new": false]]))
    #expect(
      try await host.call(ServiceStates.all, "service.unmasked", ["name": "web", "runtime": true], commands)
        == StateResult(true, "Service web was already runtime unmasked"))
  }
}
