import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Testing
import Value

@testable import Modules

@Suite struct StaleFunctionsTests {
  private func call(_ host: StaleHost, _ function: String, _ named: ValueMap = [:]) async throws -> Value {
    let context = FunctionContext(commands: host.commands, files: host.files, grains: ["init": "systemd"])
    return try await FunctionRegistry(StaleFunctions.all).call(function, CallArguments([], named: named), context)
  }

  @Test func staleProcessesAreListed() async throws {
    let host = try StaleHost([
      .init(id: 700001, cgroup: "/system.slice/nginx.service"),
      .init(id: 700002, cgroup: "/system.slice/ssh.service", isDeleted: false),
      .init(
        id: 700003, cgroup: "/user.slice/user-0.slice/session-1.scope", library: "/usr/lib/libz.so.1",
        name: "a\u{1b}[2J"),
    ])
    #expect(
      try await call(host, "stale.list") == [
        [
          "pid": 700001, "name": "daemon", "kind": "unit", "owner": "nginx.service", "files": ["/usr/lib/libssl.so.3"],
        ],
        [
          "pid": 700003, "name": "a?[2J", "kind": "session", "owner": "session-1.scope",
          "files": ["/usr/lib/libz.so.1"],
        ],
      ])
    let named = try await call(host, "stale.list", ["libraries": ["libz"]])
    #expect(named.listValue?.count == 1)
  }

  @Test func unitsArePlanned() async throws {
    let host = try StaleHost([
      .init(id: 1, cgroup: "/init.scope"), .init(id: 700001, cgroup: "/system.slice/nginx.service"),
      .init(id: 700002, cgroup: "/system.slice/dbus.service"),
    ])
    let plan = try await call(host, "stale.units")
    #expect(plan["restart"] == ["nginx.service"])
    #expect(plan["systemd"] == true)
    #expect(plan["protected"] == ["dbus.service"])
  }

  @Test func replacedFileIsStaleWithoutTheKernelsWord() async throws {
    let host = try StaleHost([
      .init(id: 700001, cgroup: "/system.slice/nginx.service", isDeleted: false, library: "/usr/lib/libx.so")
    ])
    try host.files.makeDirectory("/usr/lib")
    try host.files.write("/usr/lib/libx.so", text: "new")
    #expect(try await call(host, "stale.list") == [])
    // Seen from the same mount namespace the path can be compared: another file is there now.
    for process in ["self", "700001"] {
      try host.files.makeDirectory("/proc/\(process)/ns")
      #expect(symlink("mnt:[1]", host.files.resolve("/proc/\(process)/ns/mnt")) == 0)
    }
    #expect(try await call(host, "stale.list").listValue?.count == 1)
  }
}
