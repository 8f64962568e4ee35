import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

/// Comments are Salt 3008's.
@Suite struct SysctlTests {
  private final class Kernel: Sendable {
    let value: Mutex<String>
    init(_ value: String) { self.value = Mutex(value) }
    var commands: ScriptedCommands {
      ScriptedCommands { [self] command in
        let line = command.arguments.joined(separator: " ")
        if line == "sysctl -n -- net.x" { return CommandResult(exit: 0, value.withLock { $0 } + "\n") }
        if line.hasPrefix("sysctl -w -- net.x=") {
          value.withLock { $0 = String(line.dropFirst(19)) }
          return CommandResult(exit: 0)
        }
        return CommandResult(exit: 255, "", error: "sysctl: cannot stat /proc/sys/nope: No such file or directory\n")
      }
    }
  }

  private let host: StateTestHost

  init() throws { host = try StateTestHost() }

  private func call(_ kernel: Kernel, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await host.call(SysctlStates.all, "sysctl.present", named, isTest: isTest, kernel.commands)
  }

  @Test func setsAndKeeps() async throws {
    let kernel = Kernel("0")
    let named: ValueMap = ["name": "net.x", "value": 1]
    #expect(
      try await call(kernel, named, isTest: true) == StateResult(nil, "Sysctl option net.x set to be changed to 1"))
    #expect(
      try await call(kernel, named) == StateResult(true, "Updated sysctl value net.x = 1", changes: ["net.x": 1]))
    #expect(
      try host.files.readText("/etc/sysctl.conf") == "#\n# Kernel sysctl configuration\n#\nnet.x = 1\n")
    let already = StateResult(true, "Sysctl value net.x = 1 is already set")
    #expect(try await call(kernel, named) == already)
    #expect(try await call(kernel, named, isTest: true) == already)
    kernel.value.withLock { $0 = "0" }
    #expect(
      try await call(kernel, named, isTest: true) == StateResult(nil, "Sysctl option net.x would be changed to 1"))
    #expect(try await call(kernel, named).changes == ["net.x": 1])
  }

  @Test func blanksDoNotMatter() async throws {
    try host.files.write("/etc/sysctl.conf", text: "; net.x = 9\nnet.x=4 8\t16\n")
    let kernel = Kernel("4\t8\t16")
    #expect(try await call(kernel, ["name": "net.x", "value": "4 8 16"]).changes.isEmpty)
    let moved: ValueMap = ["name": "net.x", "value": "4 8 16", "config": "/etc/sysctl.d/x.conf"]
    #expect(
      try await call(kernel, moved, isTest: true).comment.hasPrefix("Sysctl value is currently set on the running"))
  }

  @Test func failuresAreToldOf() async throws {
    let state = try await call(Kernel("0"), ["name": "nope", "value": 1])
    #expect(state.result == false)
    #expect(state.comment.hasPrefix("Failed to set nope to 1: sysctl -w failed: sysctl: cannot stat"))
    #expect(try await call(Kernel("0"), ["name": "-a", "value": 1]).result == false)
  }
}
