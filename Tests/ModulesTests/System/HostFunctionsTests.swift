import Functions
import Grains
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Functions about the host as a whole; answers are Salt 3008's.
@Suite struct HostFunctionsTests {
  private func call(
    _ name: String, _ named: ValueMap, _ commands: ScriptedCommands = ScriptedCommands([:]),
    files: HostFiles = HostFiles(), grains: ValueMap = [:], isTest: Bool = false
  ) async throws -> Value {
    let context = FunctionContext(
      commands: commands, files: files, grains: grains, isTest: isTest, registry: BuiltInFunctions.registry,
      states: BuiltInStates.registry)
    return try await BuiltInFunctions.registry.call(name, CallArguments(named: named), context)
  }

  @Test(arguments: [("", "now"), ("now", "now"), ("5", "+5"), ("23:30", "23:30")])
  func rebootsAtATime(_ time: String, _ word: String) async throws {
    let commands = ScriptedCommands { _ in CommandResult() }
    _ = try await call("system.reboot", time.isEmpty ? [:] : ["at_time": .string(time)], commands)
    #expect(commands.runs == [["shutdown", "-r", word]])
  }

  @Test(arguments: ["-c", "now; x", "--help"]) func otherTimesAreRefused(_ time: String) async throws {
    let commands = ScriptedCommands { _ in CommandResult() }
    await #expect(throws: FunctionError.self) {
      try await call("system.shutdown", ["at_time": .string(time)], commands)
    }
    #expect(commands.runs.isEmpty)
  }

  @Test func aPlannedRebootRunsNothing() async throws {
    let commands = ScriptedCommands { _ in CommandResult() }
    _ = try? await call("system.reboot", [:], commands, isTest: true)
    #expect(commands.runs.isEmpty)
  }

  @Test func theDateOfAnotherTimeZone() async throws {
    let commands = ScriptedCommands(["env TZ=UTC-02:00 date +%Y-%m-%d %H:%M:%S": CommandResult(exit: 0, "x\n")])
    #expect(try await call("system.get_system_date_time", ["utc_offset": "+0200"], commands) == "x")
    await #expect(throws: FunctionError.self) {
      try await call("system.get_system_date", ["utc_offset": "2"], commands)
    }
  }

  @Test func theNameIsSetEverywhere() async throws {
    let host = try StateTestHost()
    try host.files.write("/etc/hosts", text: "127.0.0.1 localhost\n127.0.1.1 old old.example.com\n# old\n")
    let commands = ScriptedCommands(programs: ["hostname"], ["hostname": CommandResult(exit: 0, "old\n")])
    #expect(
      try await call(
        "network.mod_hostname", ["hostname": "new"], commands, files: host.files, grains: ["os_family": "Debian"])
        == true)
    #expect(commands.runs.last == ["hostname", "new"])
    #expect(try host.files.readText("/etc/hosts") == "127.0.0.1 localhost\n127.0.1.1\tnew\told.example.com\n# old\n")
    #expect(try host.files.readText("/etc/hostname") == "new\n")
    await #expect(throws: FunctionError.self) { try await call("network.mod_hostname", ["hostname": "-x y"], commands) }
  }

  @Test func aRouteIsRead() async throws {
    let commands = ScriptedCommands([
      "ip route get 10.1.2.3": CommandResult(
        exit: 0, "10.1.2.3 via 192.0.2.1 dev eth0 src 192.0.2.7 uid 0 \n    cache\n")
    ])
    let route: Value = ["destination": "10.1.2.3", "gateway": "192.0.2.1", "interface": "eth0", "source": "192.0.2.7"]
    #expect(try await call("network.get_route", ["ip": "10.1.2.3"], commands) == route)
    #expect(try await call("network.iphexval", ["ip": "10.0.0.1"]) == "0A000001")
  }

  @Test func networksHaveTheirParts() async throws {
    let interfaces = [
      NetworkInterface(
        name: "eth0", isUp: true, addresses: [.init(try #require(IPAddress("192.0.2.7")), prefixLength: 20)]),
      NetworkInterface(
        name: "lo", isUp: true, addresses: [.init(try #require(IPAddress("127.0.0.1")), prefixLength: 8)]),
    ]
    let function = try #require(
      NetworkFunctions.functions { _ in interfaces }.first { $0.signature.name == "network.ip_networks" })
    let context = FunctionContext(commands: ScriptedCommands([:]), files: HostFiles())
    #expect(try await function.call([:], context) == ["192.0.0.0/20"])
    #expect(
      try await function.call(["verbose": true, "include_loopback": true], context) == [
        "127.0.0.0/8": [
          "address": "127.0.0.0", "netmask": "255.0.0.0", "num_addresses": 16_777_216, "prefixlen": 8,
        ],
        "192.0.0.0/20": ["address": "192.0.0.0", "netmask": "255.255.240.0", "num_addresses": 4096, "prefixlen": 20],
      ])
  }

  @Test func devicesAreKnown() async throws {
    #expect(try await call("file.is_chrdev", ["name": "/dev/null"]) == true)
    #expect(try await call("file.is_blkdev", ["name": "/dev/null"]) == false)
    #expect(try await call("file.get_devmm", ["name": "/dev/null"]) == [1, 3])
    #expect(try await call("file.get_devmm", ["name": "/etc"]) == [0, 0])
  }

  @Test func linesBecomeComments() async throws {
    let host = try StateTestHost()
    try host.files.write("/etc/x", text: "a 1\nb\n")
    let named: ValueMap = ["path": "/etc/x", "regex": "^a", "backup": false]
    #expect(
      try await call("file.comment", named, files: host.files) == "--- \n+++ \n@@ -1,2 +1,2 @@\n-a 1\n+#a 1\n b\n")
    #expect(try host.files.readText("/etc/x") == "#a 1\nb\n")
    _ = try await call("file.uncomment", ["path": "/etc/x", "regex": "a", "backup": false], files: host.files)
    #expect(try host.files.readText("/etc/x") == "a 1\nb\n")
  }

  @Test func temporaryFilesAreRootsOwn() async throws {
    let host = try StateTestHost()
    let file = try await call("temp.file", ["suffix": ".txt"], files: host.files).description
    #expect(file.hasPrefix("/tmp/__salt.tmp.") && file.hasSuffix(".txt"))
    #expect(host.files.status(file)?.mode == 0o600)
    #expect(host.files.status(try await call("temp.dir", [:], files: host.files).description)?.mode == 0o700)
    await #expect(throws: FunctionError.self) { try await call("temp.file", ["prefix": "../x"], files: host.files) }
  }

  @Test func statesAreDescribed() async throws {
    #expect(
      try await call("sys.list_state_functions", ["names": ["alias"]]) == ["alias.absent", "alias.present"])
    #expect(
      try await call("sys.state_argspec", ["names": ["alias.present"]]) == [
        "alias.present": ["args": ["name", "target"], "defaults": .null, "varargs": .null, "kwargs": .null]
      ])
  }

  @Test func testFunctionsAnswer() async throws {
    #expect(
      try await call("test.arg_clean", ["args": [1], "b": 2, "__pub_x": 3]) == ["args": [1], "kwargs": ["b": 2]])
    #expect(try await call("test.conf_test", [:]) == "unconfigured")
    #expect(try await call("test.assertion", ["assertion": 1]) == .null)
    await #expect(throws: FunctionError.self) { try await call("test.assertion", ["assertion": false]) }
    #expect(try await call("test.rand_str", [:]).description.count == 64)
  }
}
