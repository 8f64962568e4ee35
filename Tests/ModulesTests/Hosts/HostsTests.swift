import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments and changes are Salt 3008's.
@Suite struct HostsTests {
  private static let text = """
    # kept as it is
    127.0.0.1   localhost  loopback # mine

    192.0.2.7 db1 db
    192.0.2.8 other

    """
  private let host: StateTestHost

  init() throws {
    host = try StateTestHost()
    try host.files.write("/etc/hosts", text: Self.text)
  }

  private func call(_ function: String, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await host.call(HostStates.all, "host.\(function)", named, isTest: isTest)
  }

  private func function(_ name: String, _ named: ValueMap = [:]) async throws -> Value {
    let function = try #require(HostsFunctions.all.first { $0.signature.name == "hosts.\(name)" })
    return try await function.call(named, host.context(ScriptedCommands([:]), isTest: false, chunk: [:]).functions)
  }

  private var lines: [String] { host.files.linesIfPresent("/etc/hosts") }

  @Test func theFileIsReadAndKept() async throws {
    #expect(HostsFile(parsing: Self.text).text == Self.text)
    #expect(
      try await function("list_hosts") == [
        "127.0.0.1": ["aliases": ["localhost", "loopback"], "comment": "mine"],
        "192.0.2.7": ["aliases": ["db1", "db"]], "192.0.2.8": ["aliases": ["other"]],
      ])
    #expect(try await function("get_ip", ["host": "db"]) == "192.0.2.7")
    #expect(try await function("get_alias", ["ip": "192.0.2.8"]) == ["other"])
    #expect(try await function("has_pair", ["ip": "127.0.0.1", "alias": "localhost,loopback"]) == true)
    #expect(try await function("add_host", ["ip": "192.0.2.8", "alias": "more"]) == true)
    #expect(try await function("set_host", ["ip": "::1", "alias": "six six6", "comment": "v6"]) == true)
    #expect(try await function("rm_host", ["ip": "192.0.2.7", "alias": "db1"]) == true)
    #expect(
      lines == [
        "# kept as it is", "127.0.0.1   localhost  loopback # mine", "", "192.0.2.7\t\tdb", "192.0.2.8\t\tother more",
        "::1\t\tsix six6\t\t# v6",
      ])
    await #expect(throws: FunctionError.self) { try await function("add_host", ["ip": "1.2.3.4\n", "alias": "x"]) }
  }

  @Test func namesAreAdded() async throws {
    let named: ValueMap = ["name": "web1", "ip": ["192.0.2.8", "192.0.2.9"], "comment": "note"]
    let planned = try await call("present", named, isTest: true)
    #expect(planned.result == nil)
    #expect(planned.comment.splitLines().first == "Host web1 (192.0.2.8) would be added")
    let state = try await call("present", named)
    #expect(
      state
        == StateResult(
          true,
          """
          Added host web1 (192.0.2.8)
          Added host web1 (192.0.2.9)
          Set comment for host 192.0.2.8 (note)
          Set comment for host 192.0.2.9 (note)
          """,
          changes: [
            "added": ["192.0.2.8": ["web1"], "192.0.2.9": ["web1"]],
            "comment_added": ["192.0.2.8": ["note"], "192.0.2.9": ["note"]],
          ]))
    #expect(planned.changes == state.changes)
    #expect(lines.suffix(2) == ["192.0.2.8\t\tother web1\t\t# note", "192.0.2.9\t\tweb1\t\t# note"])
    let again = try await call("present", named)
    #expect(again.changes.isEmpty)
    #expect(again.comment == "Host web1 (192.0.2.8) already present\nHost web1 (192.0.2.9) already present")
  }

  @Test func otherAddressesAreCleanedOrWarnedOf() async throws {
    let warned = try await call("present", ["name": "db", "ip": "192.0.2.9"])
    #expect(warned.warnings.first?.hasPrefix("Host db present for IP address 192.0.2.7.") == true)
    let cleaned = try await call("present", ["name": "db", "ip": "192.0.2.9", "clean": true])
    #expect(cleaned.changes == ["removed": ["192.0.2.7": ["db"]]])
    #expect(try await call("present", ["name": "x", "ip": "here"]).result == false)
  }

  @Test func namesAreRemoved() async throws {
    let named: ValueMap = ["name": "db1", "ip": "192.0.2.7"]
    #expect(
      try await call("absent", named, isTest: true)
        == StateResult(nil, "Host db1 (192.0.2.7) needs to be removed"))
    #expect(
      try await call("absent", named)
        == StateResult(true, "Removed host db1 (192.0.2.7)", changes: ["host": "db1"]))
    #expect(try await call("absent", named) == StateResult(true, "Host db1 (192.0.2.7) already absent"))
  }

  @Test func onlyTheseNames() async throws {
    let named: ValueMap = ["name": "192.0.2.7", "hostnames": ["a", "b"]]
    #expect(
      try await call("only", named, isTest: true)
        == StateResult(nil, "Would change 192.0.2.7 from \"db1 db\" to \"a b\""))
    #expect(
      try await call("only", named).changes == ["192.0.2.7": ["old": "db1 db", "new": "a b"]])
    #expect(lines[3] == "192.0.2.7\t\ta b")
    #expect(try await call("only", named) == StateResult(true, "IP address 192.0.2.7 already set to \"a b\""))
  }
}
