import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments are Salt 3008's.
@Suite struct TimezoneTests {
  private let host: StateTestHost

  init() throws {
    host = try StateTestHost()
    try host.files.makeDirectory("/usr/share/zoneinfo/Europe")
    try host.files.write("/usr/share/zoneinfo/UTC", text: "utc")
    try host.files.write("/usr/share/zoneinfo/Zulu", text: "utc")
    try host.files.write("/usr/share/zoneinfo/Europe/Berlin", text: "berlin")
    symlink("\(host.root)/usr/share/zoneinfo/UTC", "\(host.root)/etc/localtime")
    try host.files.write("/etc/timezone", text: "UTC\n")
  }

  private func call(_ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await host.call(TimezoneStates.all, "timezone.system", named, isTest: isTest)
  }

  @Test func setsTheZoneOnce() async throws {
    let there = StateResult(true, "Timezone UTC already set, UTC already set to UTC")
    #expect(try await call(["name": "UTC"]) == there)
    #expect(try await call(["name": "Zulu", "utc": false]) == StateResult(true, "Timezone Zulu already set"))
    let named: ValueMap = ["name": "Europe/Berlin"]
    #expect(
      try await call(named, isTest: true) == StateResult(nil, "Timezone Europe/Berlin needs to be set"))
    #expect(
      try await call(named)
        == StateResult(true, "Set timezone Europe/Berlin", changes: ["timezone": "Europe/Berlin"]))
    #expect(host.files.linkTarget("/etc/localtime") == "/usr/share/zoneinfo/Europe/Berlin")
    #expect(host.files.firstLine("/etc/timezone") == "Europe/Berlin")
    #expect(try await call(named).changes.isEmpty)
  }

  @Test func setsTheHardwareClock() async throws {
    try host.files.write("/etc/adjtime", text: "0.0 0 0.0\n0\nLOCAL\n")
    #expect(try await call(["name": "UTC"], isTest: true) == StateResult(nil, "UTC needs to be set to True"))
    #expect(try await call(["name": "UTC"]) == StateResult(true, "Set UTC to True", changes: ["utc": true]))
    #expect(host.files.linesIfPresent("/etc/adjtime").last == "UTC")
  }

  @Test func refusesWhatIsNoZone() async throws {
    let missing = try await call(["name": "Mars/Base"])
    #expect(missing.result == false)
    #expect(
      missing.comment.hasPrefix(
        "Unable to compare desired timezone 'Mars/Base' to system timezone: Zone does not exist"))
    #expect(try await call(["name": "../../etc/shadow"]).result == false)
  }

  @Test func tellsOffsetAndCode() async throws {
    let commands = ScriptedCommands([
      "date +%z": CommandResult(exit: 0, "+0100\n"), "date +%Z": CommandResult(exit: 0, "CET\n"),
    ])
    let context = host.context(commands, isTest: false, chunk: [:]).functions
    let registry = FunctionRegistry(TimezoneFunctions.all)
    #expect(try await registry.call("timezone.get_offset", CallArguments([]), context) == "+0100")
    #expect(try await registry.call("timezone.get_zonecode", CallArguments([]), context) == "CET")
  }
}
