import Functions
import Testing
import Value

@testable import Modules

@Suite struct StaleStatesTests {
  private let nginx = StaleHost.Process(id: 700001, cgroup: "/system.slice/nginx.service")
  private let bus = StaleHost.Process(id: 700002, cgroup: "/system.slice/dbus.service")

  private func call(_ host: StaleHost, isTest: Bool = false, isWatch: Bool = false) async throws -> StateResult {
    let functions = FunctionContext(
      commands: host.commands, files: host.files, grains: ["init": "systemd"], isTest: isTest)
    let context = StateContext(
      functions: functions, id: "an id", sls: "openssl.patched", environment: "base", chunk: [:], memory: StateMemory())
    let state = StaleStates.restarted
    let arguments = try Arguments(
      binding: CallArguments([], named: ["name": "openssl", "libraries": ["libssl"]]), to: state.signature)
    return try await (isWatch ? try #require(state.watch) : state.body)(arguments, context)
  }

  @Test func unitsAndSystemdAreRenewedOnce() async throws {
    let host = try StaleHost([.init(id: 1, cgroup: "/init.scope"), nginx, bus])
    let planned = try await call(host, isTest: true)
    #expect(planned.result == nil)
    let first = try await call(host)
    #expect(first.result == true)
    #expect(first.changes == ["systemd": "executed anew", "nginx.service": "restarted"])
    #expect(planned.changes == first.changes)
    #expect(first.comment.contains("Never restarted without being asked: dbus.service"))
    let second = try await call(host)
    #expect(second.result == true)
    #expect(second.changes.isEmpty)
    #expect(try await call(host, isTest: true).result == true)
  }

  @Test func failedRestartIsAFailure() async throws {
    let result = try await call(try StaleHost([nginx], failing: ["nginx.service"]))
    #expect(result.result == false)
    #expect(result.changes.isEmpty)
    #expect(result.comment.contains("nginx.service"))
  }

  @Test func oldCodeAfterTheRestartIsAFailure() async throws {
    let result = try await call(try StaleHost([nginx], stubborn: ["nginx.service"]))
    #expect(result.result == false)
    #expect(result.comment.contains("Still run replaced code after their restart: nginx.service"))
  }

  /// The package is not replaced in test mode: what maps it now is what would have to be restarted.
  @Test func watchInTestModeTellsWhoWouldBeRestarted() async throws {
    var current = nginx
    current.isDeleted = false
    let host = try StaleHost([current])
    #expect(try await call(host, isTest: true).result == true)
    let watched = try await call(host, isTest: true, isWatch: true)
    #expect(watched.result == nil)
    #expect(watched.changes == ["nginx.service": "restarted"])
  }
}
